package dev.gatehouse.console.entity;

import java.util.List;

/**
 * What deleting a thing would do.
 *
 * @param sentences what follows
 * @param users addresses of the things that need it, such as {@code routes/users-api}: while there are any it stays
 * @param forGood cannot be taken back
 */
public record Impact(List<String> sentences, List<String> users, boolean forGood) {

    /** Nothing needs it. */
    public static Impact only(String sentence) {
        return new Impact(List.of(sentence), List.of(), false);
    }

    /**
     * It may be needed.
     *
     * @param path of those that may need it, such as {@code routes}
     * @param none what follows where nobody does
     * @param some what is to be done first where somebody does
     */
    public static Impact of(String path, List<String> users, String none, String some) {
        return users.isEmpty()
                ? only(none)
                : new Impact(
                        List.of(some),
                        users.stream().map(user -> path + "/" + user).toList(),
                        false);
    }
}
