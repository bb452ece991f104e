package dev.gatehouse.db.store;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.KeyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which keys are wanted.
 *
 * @param text the beginning of an id, a name or a consumer; or a whole key, or the beginning of one; blank: any
 * @param consumer blank: any
 * @param only these ids alone
 * @param route restricted to it, perhaps among others; blank: any
 * @param withoutRevoked whatever the state, none that is revoked
 */
public record KeyQuery(
        String text,
        String consumer,
        Optional<KeyState> state,
        Concern concern,
        OptionalInt pepper,
        Optional<List<String>> only,
        String route,
        boolean withoutRevoked) {

    /** Every key. */
    public static final KeyQuery ALL =
            new KeyQuery("", "", Optional.empty(), Concern.NONE, OptionalInt.empty(), Optional.empty(), "", false);

    private static final Pattern BEGINNING = Pattern.compile("gk_[a-z0-9]{1,16}_([A-Za-z0-9]{0,8})[A-Za-z0-9]*");

    /** Why a key deserves a look. */
    public enum Concern {
        NONE,
        /** In force, and not used for {@link #UNUSED_FOR}. */
        UNUSED,
        /** In force for less than {@link #SOON}. */
        EXPIRING
    }

    public static final Duration UNUSED_FOR = Duration.ofDays(30);
    public static final Duration SOON = Duration.ofDays(14);

    public KeyQuery text(String sought) {
        return new KeyQuery(sought, consumer, state, concern, pepper, only, route, withoutRevoked);
    }

    public KeyQuery of(String consumer) {
        return new KeyQuery(text, consumer, state, concern, pepper, only, route, withoutRevoked);
    }

    public KeyQuery in(KeyState state) {
        return new KeyQuery(text, consumer, Optional.of(state), concern, pepper, only, route, withoutRevoked);
    }

    /** Whatever else their state. */
    public KeyQuery unrevoked() {
        return new KeyQuery(text, consumer, state, concern, pepper, only, route, true);
    }

    public KeyQuery because(Concern concern) {
        return new KeyQuery(text, consumer, state, concern, pepper, only, route, withoutRevoked);
    }

    /** Hashed with that version. */
    public KeyQuery peppered(int version) {
        return new KeyQuery(text, consumer, state, concern, OptionalInt.of(version), only, route, withoutRevoked);
    }

    /** Those that lose something when that route goes. */
    public KeyQuery restrictedTo(String name) {
        return new KeyQuery(text, consumer, state, concern, pepper, only, name, withoutRevoked);
    }

    public KeyQuery among(Collection<String> ids) {
        return new KeyQuery(
                text, consumer, state, concern, pepper, Optional.of(List.copyOf(ids)), route, withoutRevoked);
    }

    /** Conditions on {@code k}, the key, and {@code u}, its use; with what to bind. */
    record Where(String sql, Map<String, Object> bound) {}

    Where where() {
        var all = new ArrayList<String>();
        var bound = new HashMap<String, Object>();
        if (!text.isBlank()) {
            sought(text.strip(), all, bound);
        }
        if (!consumer.isBlank()) {
            all.add("k.consumer = :consumer");
            bound.put("consumer", consumer);
        }
        if (!route.isBlank()) {
            all.add("k.terms <> '{}' and k.terms @> cast(:terms as jsonb)");
            bound.put("terms", Json.write(Map.of("routes", List.of(route))));
        }
        if (withoutRevoked) {
            all.add("k.revoked_at is null");
        }
        state.ifPresent(wanted -> all.add(condition(wanted)));
        if (concern != Concern.NONE) {
            all.add(condition(KeyState.IN_FORCE));
            all.add(
                    concern == Concern.UNUSED
                            ? "coalesce(u.at, k.created_at) < now() - interval '" + UNUSED_FOR.toDays() + " days'"
                            : "k.expires_at < now() + interval '" + SOON.toDays() + " days'");
        }
        pepper.ifPresent(version -> {
            all.add("k.pepper_version = :pepper");
            bound.put("pepper", version);
        });
        only.ifPresent(ids -> {
            all.add("k.id in (select jsonb_array_elements_text(cast(:ids as jsonb)))");
            bound.put("ids", Json.write(ids));
        });
        return new Where(all.isEmpty() ? "true" : String.join(" and ", all), bound);
    }

    String order() {
        return switch (concern) {
            case NONE -> "k.created_at desc, k.id desc";
            case UNUSED -> "k.created_at, k.id";
            case EXPIRING -> "k.expires_at, k.id";
        };
    }

    private static void sought(String text, List<String> all, Map<String, Object> bound) {
        var whole = KeyText.read(text);
        var beginning = BEGINNING.matcher(text);
        if (whole.isPresent()) {
            all.add("k.id = :id");
            bound.put("id", whole.get().id());
        } else if (beginning.matches()) {
            all.add("k.id like :id");
            bound.put("id", beginning.group(1) + "%");
        } else {
            all.add("(k.id like :id or k.name like :name or k.consumer like :name)");
            bound.put("id", prefix(text));
            bound.put("name", prefix(text.toLowerCase(Locale.ROOT)));
        }
    }

    private static String prefix(String text) {
        return text.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    private static String condition(KeyState state) {
        return switch (state) {
            case REVOKED -> "k.revoked_at is not null";
            case EXPIRED -> "k.revoked_at is null and k.expires_at <= now()";
            case EARLY ->
                "k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and k.not_before > now()";
            case IN_FORCE ->
                "k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and (k.not_before is null or k.not_before <= now())";
        };
    }
}
