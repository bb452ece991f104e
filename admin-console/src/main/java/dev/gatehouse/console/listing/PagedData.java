package dev.gatehouse.console.listing;

import com.vaadin.flow.data.provider.AbstractBackEndDataProvider;
import com.vaadin.flow.data.provider.Query;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@link Pages} as Vaadin asks for them. */
final class PagedData<T> extends AbstractBackEndDataProvider<T, Void> {
    private static final long serialVersionUID = 1;
    private final transient Function<T, String> name;
    private final transient Pages<T> pages;
    private final transient Supplier<Map<String, String>> filters;

    PagedData(Function<T, String> name, Pages<T> pages, Supplier<Map<String, String>> filters) {
        this.name = name;
        this.pages = pages;
        this.filters = filters;
    }

    @Override
    protected Stream<T> fetchFromBackEnd(Query<T, Void> query) {
        return pages.page(filters.get(), query.getOffset(), query.getLimit()).stream();
    }

    @Override
    protected int sizeInBackEnd(Query<T, Void> query) {
        return pages.count(filters.get());
    }

    @Override
    public Object getId(T item) {
        return name.apply(item);
    }
}
