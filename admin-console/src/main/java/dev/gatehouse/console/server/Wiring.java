package dev.gatehouse.console.server;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.router.PageTitleGenerator;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletService;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Lets a view's constructor say what the view needs. */
public final class Wiring implements InstantiatorFactory {

    @Override
    public Instantiator createInstantitor(VaadinService service) {
        return new ByConstructor((VaadinServletService) service);
    }

    private static final class ByConstructor extends DefaultInstantiator {

        private final transient VaadinServletService service;

        ByConstructor(VaadinServletService service) {
            super(service);
            this.service = service;
        }

        /** A view says only what it shows. */
        @Override
        public PageTitleGenerator getPageTitleGenerator() {
            return context -> context.value().isEmpty() ? "Gatehouse" : context.value() + " · Gatehouse";
        }

        @Override
        public <T extends Component> T createComponent(Class<T> type) {
            return getOrCreate(type);
        }

        @Override
        public <T> T getOrCreate(Class<T> type) {
            var constructors = type.getDeclaredConstructors();
            var parts = Parts.in(service.getServlet().getServletContext());
            if (parts == null || constructors.length != 1 || constructors[0].getParameterCount() == 0) {
                return super.getOrCreate(type);
            }
            var constructor = constructors[0];
            if (!parts.fit(constructor)) {
                throw new IllegalStateException(type.getName() + " asks for "
                        + Arrays.toString(constructor.getGenericParameterTypes())
                        + ", which is not all there: add it to the parts.");
            }
            try {
                constructor.setAccessible(true);
                return type.cast(constructor.newInstance(parts.argumentsOf(constructor)));
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(type.getName() + " could not be made: " + e.getCause(), e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(type.getName() + " could not be made", e);
            }
        }
    }
}
