package dev.gatehouse.db.example;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.recognition.Asked;
import dev.gatehouse.db.recognition.RecognisedFacts;
import dev.gatehouse.db.routing.Found;
import org.jspecify.annotations.Nullable;

/** What becomes of a request before any policy sees it. */
sealed interface Decision {

    /** As an example writes it. */
    String written();

    record Taken(String route) implements Decision {

        @Override
        public String written() {
            return route;
        }
    }

    /** @param route whose API refuses it; null when no route takes it */
    record Refused(Refusal refusal, @Nullable String route) implements Decision {

        @Override
        public String written() {
            return refusal.code();
        }
    }

    static Decision of(Found<Route> found, RecognisedFacts facts) {
        return switch (found) {
            case Found.NoRoute<Route> _ -> new Refused(Refusal.NO_ROUTE, null);
            case Found.MethodNotAllowed<Route> _ -> new Refused(Refusal.METHOD_NOT_ALLOWED, null);
            case Found.Taken<Route> taken -> {
                var api = taken.thing().match().api();
                yield switch (api.isEmpty() ? null : facts.asked(api)) {
                    case Asked.Refused refused -> new Refused(refused.refusal(), taken.name());
                    case Asked.Retired _ -> new Refused(Refusal.VERSION_RETIRED, taken.name());
                    case Asked.Served _ -> new Taken(taken.name());
                    case null -> new Taken(taken.name());
                };
            }
        };
    }
}
