package dev.gatehouse.db.quota;

/**
 * What the ledger says is used of an account.
 *
 * @param version grows with each change, so that of two figures the newer is known
 */
public record Figure(long used, long version) {

    public static final Figure NONE = new Figure(0, -1);

    public boolean newerThan(Figure other) {
        return version > other.version;
    }
}
