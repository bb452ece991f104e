package dev.gatehouse.console.login;

import java.time.Duration;

/** What came of trying to sign in. */
sealed interface Outcome {

    record Welcome(SignedIn user) implements Outcome {}

    /** Unknown user or wrong password: which of the two is not said. */
    record Refused() implements Outcome {}

    record TooMany(Duration pause) implements Outcome {}
}
