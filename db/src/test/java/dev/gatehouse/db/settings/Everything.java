package dev.gatehouse.db.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A record with a setting of every shape. */
record Everything(
        @Setting(label = "Title", help = "What it is called.", max = "20")
        String title,

        @Setting(label = "Note", help = "More about it.", optional = true)
        String note,

        @Setting(label = "Name", help = "How others refer to it.", optional = true, format = Format.NAME)
        String name,

        @Setting(label = "Weight", help = "How much it weighs.", min = "-5", max = "9000000000")
        long weight,

        @Setting(label = "Size", help = "How big it is.", fallback = "3", min = "1", max = "10")
        int size,

        @Setting(
                label = "Load",
                help = "How much it holds.",
                fallback = "64KiB",
                min = "1B",
                max = "1GiB",
                format = Format.SIZE)
        long load,

        @Setting(name = "open", label = "Open", help = "Whether it is open.", fallback = "true")
        boolean isOpen,

        @Setting(label = "Pause", help = "How long it rests.", fallback = "1m30s", min = "1s", max = "1h")
        Duration pause,

        @Setting(label = "Colour", help = "How it looks.", fallback = "red")
        Colour colour,

        @Setting(label = "Tags", help = "What it is filed under.", max = "3", format = Format.NAME)
        List<String> tags,

        @Setting(label = "Places", help = "Where it is.", min = "1", max = "2")
        List<Place> places,

        @Setting(label = "Kinds", help = "What it is.") List<Animal> kinds,

        @Setting(label = "Rooms", help = "Places by name.") Map<String, Place> rooms,

        @Setting(label = "Corner", help = "Where exactly.") Corner corner,

        @Inline Trailer trailer) {

    enum Colour {
        RED,
        GREEN;

        @Override
        public String toString() {
            return this == RED ? "red" : "green";
        }
    }

    @Shorthand("at")
    record Place(
            @Setting(label = "At", help = "Its address.") String at,

            @Setting(label = "Far", help = "Whether it is far.", fallback = "false")
            boolean far) {}

    sealed interface Animal permits Cat, Ant {}

    @Named(value = "cat", label = "Cat")
    record Cat(
            @Setting(label = "Lives", help = "How many are left.", min = "1", max = "9")
            long lives) implements Animal {}

    @Named(value = "ant", label = "Ant")
    record Ant() implements Animal {}

    record Corner(
            @Setting(label = "Across", help = "To the right.", fallback = "0", min = "0", max = "9")
            long across,

            @Setting(label = "Down", help = "Downward.", fallback = "0", min = "0", max = "9")
            long down) {}

    record Trailer(
            @Setting(label = "Max age", help = "How old it may be.", fallback = "1d", min = "1h", max = "7d")
            Duration maxAge,

            @Setting(name = "public", label = "Public", help = "Whether all may see it.", fallback = "false")
            boolean isPublic) {}

    static final Map<String, Object> LEAST = Map.of("title", "t", "weight", 7, "places", List.of("here"));
}
