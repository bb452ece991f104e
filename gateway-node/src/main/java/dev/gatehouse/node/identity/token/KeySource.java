package dev.gatehouse.node.identity.token;

import java.util.Optional;

/** Where the keys of an issuer come from. */
interface KeySource {

    /** None, which is as it should be. */
    KeySource NONE = new KeySource() {
        @Override
        public TrustedKeys current() {
            return TrustedKeys.NONE;
        }

        @Override
        public TrustedKeys renewed() {
            return TrustedKeys.NONE;
        }
    };

    /** Those that are good now; none when there are none. */
    TrustedKeys current();

    /** Those that are good after having asked once more, where that may be done now. May wait. */
    TrustedKeys renewed();

    /** Asked each second: fetches what is due, beside. */
    default void tick() {}

    /** What is wrong with it, as a clause; empty when nothing is. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** Keys that stand in the settings. */
    record Fixed(TrustedKeys current) implements KeySource {

        @Override
        public TrustedKeys renewed() {
            return current;
        }

        @Override
        public Optional<String> trouble() {
            return current.isEmpty()
                    ? Optional.of(
                            "has no key that can be used: RSA from 2048 bits, P-256, P-384, P-521 or Ed25519, for signatures")
                    : Optional.empty();
        }
    }
}
