package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** From where requests are taken at all, before anybody is asked who they are. */
@Named(
        value = "addresses",
        label = "Addresses",
        help = "Takes requests from some addresses only, before it asks who is calling.")
public record Addresses(
        @Setting(
                label = "Allow",
                help = "Addresses and blocks that may call. Empty: all that are not refused.",
                max = "10000",
                format = Format.ADDRESS_BLOCK)
        List<String> allow,

        @Setting(
                label = "Refuse",
                help = "Addresses and blocks that may not, even where they are allowed above.",
                max = "10000",
                format = Format.ADDRESS_BLOCK)
        List<String> refuse)
        implements Policy, Checked {

    public Addresses {
        allow = List.copyOf(allow);
        refuse = List.copyOf(refuse);
    }

    @Override
    public Stage stage() {
        return Stage.GUARD;
    }

    @Override
    public List<Problem> problems() {
        return allow.isEmpty() && refuse.isEmpty()
                ? List.of(new Problem("allow", "Must name an address, here or among those refused."))
                : List.of();
    }
}
