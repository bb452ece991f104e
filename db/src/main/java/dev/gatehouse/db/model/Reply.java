package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.FieldRules;
import dev.gatehouse.db.policy.HeaderValue;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The gateway answers by itself, each time the same. */
@Named(value = "reply", label = "Reply", help = "The gateway answers by itself, each time the same.")
public record Reply(
        @Setting(label = "Status", help = "Of the answer.", fallback = "200", min = "200", max = "599")
        long status,

        @Setting(
                label = "Content type",
                help = "What the body is, such as application/json.",
                fallback = "text/plain; charset=utf-8",
                max = "200",
                format = Format.HEADER_VALUE)
        String contentType,

        @Setting(label = "Headers", help = "Further headers of the answer.", max = "50")
        List<HeaderValue> headers,

        @Setting(
                label = "Body",
                help = "Sent as UTF-8, at most 64 KiB.",
                optional = true,
                max = "65536",
                format = Format.LINES)
        String body)
        implements Ending, Fallback, Checked {

    private static final int MOST_BYTES = 64 << 10;

    /** RFC 9110, 15.3.5, 15.3.6 and 15.4.5. */
    private static final Set<Long> WITHOUT_BODY = Set.of(204L, 205L, 304L);

    public Reply {
        headers = List.copyOf(headers);
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<>(FieldRules.RESPONSE.problems("headers", headers));
        if (WITHOUT_BODY.contains(status) && !body.isEmpty()) {
            problems.add(new Problem("body", "An answer with status " + status + " has no body."));
        }
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i).name().equalsIgnoreCase("content-type")) {
                problems.add(new Problem("headers[" + i + "].name", "Is said by the setting 'content-type'."));
            }
        }
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            problems.add(new Problem("body", "Must have at most 65536 bytes, has " + bytes + "."));
        }
        return problems;
    }
}
