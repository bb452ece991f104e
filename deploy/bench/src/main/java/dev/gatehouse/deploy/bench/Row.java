package dev.gatehouse.deploy.bench;

/**
 * A line of a table: who is asked, and how.
 *
 * @param name for the reader
 * @param contender by name
 * @param shown by the load
 * @param swaps whether the configuration is exchanged meanwhile
 */
record Row(String name, String contender, String path, Credential shown, boolean swaps) {

    static Row of(String contender, String path, Credential shown) {
        return new Row(contender, contender, path, shown, false);
    }

    /** The node, asked for a path of its own. */
    static Row node(String name, String path, Credential shown) {
        return new Row(name, "node", path, shown, false);
    }
}
