package dev.gatehouse.console.settings;

import dev.gatehouse.db.settings.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Problems as one editor sees them.
 *
 * @param problems paths are relative to the editor
 * @param everywhere also where nobody has written anything yet
 */
record Findings(List<Problem> problems, boolean everywhere) {

    static String index(int index) {
        return "[" + index + "]";
    }

    /** What is found beneath one step: a name, or an {@link #index}. */
    Findings at(String step) {
        return new Findings(
                problems.stream()
                        .filter(problem -> leads(step, problem.path()))
                        .map(problem -> new Problem(rest(step, problem.path()), problem.message()))
                        .toList(),
                everywhere);
    }

    /** What any of these steps leads to, its path as it is. */
    Findings among(Collection<String> steps) {
        return new Findings(
                problems.stream()
                        .filter(problem -> steps.stream().anyMatch(step -> leads(step, problem.path())))
                        .toList(),
                everywhere);
    }

    /** What none of these steps leads to. */
    Findings elsewhere(Collection<String> steps) {
        return new Findings(
                problems.stream()
                        .filter(problem -> steps.stream().noneMatch(step -> leads(step, problem.path())))
                        .toList(),
                everywhere);
    }

    Findings plus(Findings others) {
        return new Findings(
                Stream.concat(problems.stream(), others.problems.stream()).toList(), everywhere);
    }

    Optional<String> message() {
        return problems.stream().findFirst().map(Problem::message);
    }

    private static boolean leads(String step, String path) {
        return path.startsWith(step)
                && (path.length() == step.length()
                        || path.charAt(step.length()) == '.'
                        || path.charAt(step.length()) == '[');
    }

    private static String rest(String step, String path) {
        var rest = path.substring(step.length());
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }
}
