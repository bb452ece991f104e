package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.store.Database.Access;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A failure as sentences that say what to do. */
final class Failure {

    private Failure() {}

    static List<String> lines(Exception failure, Installation installation) {
        return switch (failure) {
            case Refused refused -> refused.lines();
            case Environment.Invalid invalid -> List.of(String.valueOf(invalid.getMessage()));
            default ->
                List.of(deepest(failure, SQLException.class)
                        .map(sql -> sentence(sql, failure, installation.access()))
                        .orElseGet(() -> "Failed: " + failure + ". Run it with --debug for the details."));
        };
    }

    /** By SQLSTATE, see appendix A of PostgreSQL's manual. */
    private static String sentence(SQLException sql, Exception failure, Access access) {
        var state = Optional.ofNullable(sql.getSQLState()).orElse("08000");
        return switch (state) {
            case "08004", "28000", "28P01" ->
                "PostgreSQL refuses user '" + access.user() + "': " + message(sql)
                        + " Check GATEHOUSE_DB_USER and GATEHOUSE_DB_PASSWORD.";
            case "3D000" -> "There is no such database: " + place(access) + ". Create it, or correct GATEHOUSE_DB_URL.";
            case "42P01" -> "The database has no Gatehouse schema, or an older one. Run: gatehouse migrate";
            case "42501" ->
                "User '" + access.user() + "' may not do this (" + message(sql)
                        + "). migrate needs the owner of the schema, the other commands the role gatehouse_console.";
            default ->
                state.startsWith("08")
                        ? "PostgreSQL cannot be reached at " + place(access) + ": " + reason(failure)
                                + ". Start it (deploy/run starts everything on this machine), or correct GATEHOUSE_DB_URL."
                        : "PostgreSQL refused: " + message(sql) + " (SQLSTATE " + state + ")";
        };
    }

    private static String reason(Exception failure) {
        return deepest(failure, UnknownHostException.class)
                .map(unknown -> "the host '" + unknown.getMessage() + "' is not known")
                .or(() -> deepest(failure, ConnectException.class).map(_ -> "the connection was refused"))
                .orElse("no answer in time");
    }

    /** Without parameters: a password may be among them. */
    private static String place(Access access) {
        return access.url().replaceFirst("\\?.*", "");
    }

    private static String message(SQLException sql) {
        return String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
    }

    private static <T extends Throwable> Optional<T> deepest(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((_, deeper) -> deeper);
    }
}
