package dev.gatehouse.console.settings;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A record with a setting of every shape. */
record House(
        @Setting(label = "Title", help = "What it is called.", max = "20")
        String title,

        @Setting(label = "Note", optional = true) String note,

        @Setting(label = "Service", help = "Who cleans it.", optional = true, format = Format.NAME)
        String service,

        @Setting(label = "Floors", fallback = "2", min = "1", max = "9", unit = "floors")
        long floors,

        @Setting(label = "Cellar", fallback = "true") boolean cellar,

        @Setting(label = "Rest", fallback = "1m30s", min = "1s", max = "1h")
        Duration rest,

        @Setting(label = "Roof", fallback = "tiles") Roof roof,

        @Setting(label = "Materials") List<Roof> materials,

        @Setting(label = "Doors", help = "Where one comes in.", min = "1", max = "3")
        List<Door> doors,

        @Setting(label = "Animals", help = "Who lives there.")
        List<Animal> animals,

        @Setting(label = "Guard") Animal guard,

        @Setting(label = "Rooms") Map<String, Door> rooms,

        @Setting(label = "Corner", help = "Where it stands.")
        Corner corner,

        @Inline @Setting(label = "Heating", help = "What keeps it warm.")
        Heating heating,

        @Inline Trailer trailer)
        implements Checked {

    enum Roof {
        TILES,
        STRAW,
        SLATE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Shorthand("at")
    record Door(
            @Setting(label = "At", format = Format.ORIGIN_URL)
            String at) {}

    sealed interface Animal permits Cat, Dog {}

    @Named(value = "cat", label = "Cat", help = "Comes and goes.")
    record Cat(
            @Setting(label = "Lives", min = "1", max = "9") long lives) implements Animal {}

    @Named(value = "dog", label = "Dog")
    record Dog(
            @Setting(label = "Bite", fallback = "3", min = "1", max = "5")
            long bite) implements Animal {}

    sealed interface Heating permits Gas, Wood {}

    @Named(value = "gas", label = "Gas", help = "From the street.")
    record Gas(
            @Setting(label = "Pressure", fallback = "5", min = "1", max = "9")
            long pressure) implements Heating {}

    @Named(value = "wood", label = "Wood", help = "From the forest.")
    record Wood(
            @Setting(label = "Logs", min = "1", max = "9") long logs) implements Heating {}

    record Corner(
            @Setting(label = "Across", fallback = "0", min = "0", max = "9")
            long across,

            @Setting(label = "Down", fallback = "0", min = "0", max = "9")
            long down) {}

    record Trailer(
            @Setting(label = "Age", fallback = "1d", min = "1h", max = "7d")
            Duration age) {}

    @Override
    public List<Problem> problems() {
        return floors == 9 && roof == Roof.STRAW
                ? List.of(new Problem("roof", "Straw does not carry nine floors."))
                : List.of();
    }
}
