package dev.gatehouse.db.example;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.recognition.Asked;
import dev.gatehouse.db.recognition.RecognisedFacts;
import dev.gatehouse.db.routing.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a request before any policy sees it. */
public sealed interface Decision {

    /** As an example writes it. */
    String written();

    record Taken(String route) implements Decision {

        @Override
        public String written() {
            return route;
        }
    }

    /**
     * @param route whose API refuses it; null when no route takes it
     * @param allowed the methods with which a route would take it, when no route takes this one
     */
    record Refused(Refusal refusal, @Nullable String route, List<String> allowed) implements Decision {

        @Override
        public String written() {
            return refusal.code();
        }
    }

    static Decision of(Found<Route> found, RecognisedFacts facts) {
        return switch (found) {
            case Found.NoRoute<Route> _ -> new Refused(Refusal.NO_ROUTE, null, List.of());
            case Found.MethodNotAllowed<Route>(var allowed) -> new Refused(Refusal.METHOD_NOT_ALLOWED, null, allowed);
            case Found.Taken<Route> taken -> {
                var api = taken.thing().match().api();
                yield switch (api.isEmpty() ? null : facts.asked(api)) {
                    case Asked.Refused refused -> new Refused(refused.refusal(), taken.name(), List.of());
                    case Asked.Retired _ -> new Refused(Refusal.VERSION_RETIRED, taken.name(), List.of());
                    case Asked.Served _ -> new Taken(taken.name());
                    case null -> new Taken(taken.name());
                };
            }
        };
    }
}
