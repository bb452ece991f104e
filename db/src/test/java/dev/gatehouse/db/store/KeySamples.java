package dev.gatehouse.db.store;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.settings.Problem;
import java.util.List;
import java.util.Optional;

/** Keys of a consumer {@code web-shop}, for tests that say only what matters to them. */
final class KeySamples {

    static final Pepper PEPPER = new Pepper(3, "pepper of sixteen letters");
    static final KeyText FIRST = KeyText.create("live");
    static final KeyText SECOND = KeyText.create("live");

    private KeySamples() {}

    static Edit add(KeyText key, String name) {
        return KeyStore.edit(key, PEPPER, "web-shop", name, Optional.empty());
    }

    static List<Problem> problems(Publication publication) {
        return publication instanceof Publication.Refused refused ? refused.problems() : List.of();
    }
}
