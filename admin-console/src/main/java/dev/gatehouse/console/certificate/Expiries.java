package dev.gatehouse.console.certificate;

import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.tls.Validity;
import dev.gatehouse.db.tls.Validity.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which certificates end soon. Asked each second, so certificates are read only when the configuration is another one. */
public final class Expiries {

    private @Nullable Version version;
    private Map<String, Validity> validities = Map.of();

    /**
     * @param over has any of them ended already?
     * @param sentences one for each, such as {@code Certificate shop expires on 2027-01-31, in 12 days.}
     */
    public record Warning(boolean over, List<String> sentences) {}

    public Warning at(Instant now, Fleet fleet) {
        if (!fleet.version().equals(version)) {
            version = fleet.version();
            var read = new TreeMap<String, Validity>();
            fleet.configuration()
                    .snapshot()
                    .certificates()
                    .forEach((name, certificate) -> read.put(name, certificate.validity()));
            validities = read;
        }
        boolean over = false;
        var sentences = new ArrayList<String>();
        for (var known : validities.entrySet()) {
            var warning = known.getValue().warning(now);
            if (warning.isPresent()) {
                sentences.add("Certificate " + known.getKey() + " " + warning.get() + ".");
                over |= known.getValue().at(now) == Phase.OVER;
            }
        }
        return new Warning(over, sentences);
    }
}
