package dev.gatehouse.console.listing;

import com.vaadin.flow.component.UI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Points in time, on the clock of whoever looks. */
public final class Moments {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

    private Moments() {}

    public static String at(Instant moment) {
        return FORM.format(moment.atZone(zone()));
    }

    /** Of one that is not long ago: the time alone. */
    public static String time(Instant moment) {
        return TIME.format(moment.atZone(zone()));
    }

    private static ZoneId zone() {
        return Optional.ofNullable(UI.getCurrent())
                .map(ui -> ui.getPage().getExtendedClientDetails().getTimeZoneId())
                .map(ZoneId::of)
                .orElseGet(ZoneId::systemDefault);
    }
}
