package dev.gatehouse.console;

import static org.awaitility.Awaitility.await;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.internal.MockVaadin;
import com.vaadin.browserless.mocks.MockRequest;
import com.vaadin.browserless.mocks.MockVaadinServlet;
import com.vaadin.browserless.mocks.MockedUI;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.gatehouse.console.login.SignedIn;
import dev.gatehouse.console.server.Parts;
import dev.gatehouse.console.server.Wiring;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Views without a browser, on a real PostgreSQL and a real Redis of their own. */
public abstract class ViewTest extends BrowserlessTest {

    private static final Duration BRIEFLY = Duration.ofMillis(20);

    protected final Database.Access access = Stores.fresh();
    protected final RedisServer redis = RedisServer.temporary();
    protected final HandClock clock =
            new HandClock(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusMillis(500));
    private final ConsoleConfig config = RunningConsole.config(access, redis.url());
    private final Connections connections = new Connections(config, clock);
    protected final Console console = connections.console();
    private final Database database = Database.open(access, 1);
    protected final ConfigurationStore store = new ConfigurationStore(database, config.secrets());
    protected final ConfigurationReader reader = store.reader();

    @BeforeEach
    @Override
    protected void initVaadinEnvironment() {
        scanTesters();
        var services = Set.<Class<?>>of(Wiring.class);
        var servlet = new MockVaadinServlet(discoverRoutes(Set.of("dev.gatehouse.console")));
        MockVaadin.setupServlet(servlet, services);
        Parts.of(console).keepIn(servlet.getServletContext());
        MockVaadin.setup(MockedUI::new, servlet, services);
        initSignalsSupport();
    }

    /** What the pollers have pushed is shown before what it needs is gone. */
    @AfterEach
    void stop() {
        console.fleet().close();
        console.traffic().close();
        console.limits().close();
        MockVaadin.clientRoundtrip();
        connections.close();
        database.close();
        redis.close();
    }

    /** As the servlet and the filter would have it after the login form was sent. */
    protected SignedIn signIn(String name, boolean mustChange) {
        var user = new SignedIn(name, mustChange, clock.instant());
        UI.getCurrent().getSession().getSession().setAttribute("gatehouse.signed-in", user);
        var request = (MockRequest) VaadinServletRequest.getCurrent().getRequest();
        request.setUserPrincipalInt(user);
        return user;
    }

    /** What goes on by itself while a test waits. */
    protected void meanwhile() {}

    /**
     * What pollers push arrives with the next round trip; none waits for its second to be over. A condition about what is
     * not there yet does not hold yet.
     */
    protected final void eventually(BooleanSupplier condition) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(BRIEFLY)
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(() -> {
                    meanwhile();
                    console.fleet().soon();
                    console.traffic().soon();
                    console.limits().soon();
                    MockVaadin.clientRoundtrip();
                    return condition.getAsBoolean();
                });
    }

    /** Can a text be read anywhere within it? What is hidden does not count; what stands side by side is one text. */
    protected static boolean shows(Component component, String text) {
        return visibleText(component).contains(text);
    }

    private static String visibleText(Component component) {
        if (component instanceof Text text) {
            return text.getText();
        }
        return component.isVisible()
                ? component.getElement().getText()
                        + component.getChildren().map(ViewTest::visibleText).collect(Collectors.joining())
                : "";
    }
}
