package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Setting;
import java.util.List;
import java.util.stream.Stream;

/** A sort of clients, such as web, mobile or partner. A request is of the first type, by priority and then by name, that it shows a sign of. */
public record ClientType(
        @Setting(
                label = "Signs",
                help = "By what its clients are recognised; one of these is enough.",
                min = "1",
                max = "100")
        List<ClientSign> recognisedBy,

        @Setting(
                label = "Priority",
                help = "A client that shows signs of several types is of the one with the greatest.",
                fallback = "0",
                min = "-1000",
                max = "1000")
        int priority)
        implements Entity {

    public ClientType {
        recognisedBy = List.copyOf(recognisedBy);
    }

    /** All consumers it names. */
    public List<String> consumers() {
        return recognisedBy.stream()
                .flatMap(sign -> sign instanceof ClientSign.ByConsumer by ? by.consumers().stream() : Stream.empty())
                .toList();
    }
}
