package dev.gatehouse.console.listing;

import dev.gatehouse.console.live.Convergence.Level;
import java.util.List;

/**
 * What is told above a list when the text that is sought is a question about its things.
 *
 * @param names the things that it is about, the most wanted first
 * @param under what the question was taken for; empty where that is plain
 */
public record Answer(List<Part> parts, List<String> names, String under) {

    /** @param word the state in a word */
    public record Part(Level level, String word, String sentence, List<Step> steps) {}

    /** One thing on the way to the answer, and what it has to do with it. */
    public record Step(String name, String reason) {}
}
