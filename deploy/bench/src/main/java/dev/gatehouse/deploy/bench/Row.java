package dev.gatehouse.deploy.bench;

/**
 * A line of a table: who is asked, and how.
 *
 * @param name for the reader
 * @param contender by name
 * @param keyed whether the load shows an API key
 * @param swaps whether the configuration is exchanged meanwhile
 */
record Row(String name, String contender, String path, boolean keyed, boolean swaps) {

    static Row of(String contender, String path, boolean keyed) {
        return new Row(contender, contender, path, keyed, false);
    }

    /** The node, asked for a path of its own. */
    static Row node(String name, String path, boolean keyed) {
        return new Row(name, "node", path, keyed, false);
    }
}
