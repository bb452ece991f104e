package dev.gatehouse.node.limit;

/**
 * Which part of a limit is this node's while nobody counts for all: as much as that of each other one, and one more for
 * those in front where it does not divide.
 *
 * @param nodes how many serve, this one included
 * @param place of this one among them, from zero: no two have the same
 */
public record Share(int nodes, int place) {

    /** Of a node that serves alone. */
    public static final Share WHOLE = new Share(1, 0);

    public Share {
        if (place < 0 || place >= nodes) {
            throw new IllegalArgumentException("There is no place " + place + " among " + nodes + " nodes.");
        }
    }

    /** Where it is not known who is in front: rather one too few than one too many. */
    public static Share behind(int nodes) {
        return new Share(nodes, nodes - 1);
    }

    /** So many of all. The parts of all nodes together are all of it. */
    public long of(long all) {
        return Math.max(0, Math.floorDiv(all + spare(), nodes));
    }

    /** By how much all that this node admits may go beyond the limit, when each weighs as much as there are nodes. */
    long spare() {
        return nodes - 1L - place;
    }

    /** May it admit one that costs more than its part? As many nodes may as there are such requests in all of it. */
    boolean reaches(long all, long cost) {
        return cost <= all / (place + 1);
    }
}
