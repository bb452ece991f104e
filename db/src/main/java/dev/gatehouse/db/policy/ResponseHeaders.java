package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** Changes the headers of the answer. */
@Named(
        value = "response-headers",
        label = "Response headers",
        help = "Changes the headers of the answer that the client gets.")
public record ResponseHeaders(
        @Setting(
                label = "Set",
                help =
                        "Replaces all headers of that name by this one. A value may hold {id} for a parameter of the path, {client.address}, {consumer}, {host} and {request.id}.",
                max = "50")
        List<HeaderValue> set,

        @Setting(label = "Append", help = "Adds one more header of that name, behind those there are.", max = "50")
        List<HeaderValue> append,

        @Setting(
                label = "Remove",
                help = "Names of headers that are left out.",
                max = "50",
                format = Format.HEADER_NAME)
        List<String> remove)
        implements Policy, Checked {

    public ResponseHeaders {
        set = List.copyOf(set);
        append = List.copyOf(append);
        remove = List.copyOf(remove);
    }

    @Override
    public Stage stage() {
        return Stage.TRANSFORM;
    }

    @Override
    public List<Problem> problems() {
        return FieldRules.RESPONSE.edits(set, append, remove);
    }
}
