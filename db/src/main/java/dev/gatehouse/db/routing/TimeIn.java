package dev.gatehouse.db.routing;

import java.util.List;
import java.util.stream.Collectors;

/** It is a time within one of the windows. */
public record TimeIn(List<WeekWindow> windows) implements Condition {

    public TimeIn {
        windows = List.copyOf(windows);
    }

    @Override
    public boolean holds(RequestFacts facts) {
        var time = facts.time();
        for (var window : windows) {
            if (window.contains(time)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean excludes(Condition other) {
        return other instanceof TimeIn(var others)
                && windows.stream().noneMatch(window -> others.stream().anyMatch(window::mayOverlap));
    }

    @Override
    public String toString() {
        return "a time in " + windows.stream().map(WeekWindow::toString).collect(Collectors.joining(", "));
    }
}
