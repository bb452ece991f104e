package dev.gatehouse.node.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When requests were admitted, as far as an observer can say: not before the one moment, not after the other. */
final class AdmissionLog {

    private record Admission(long from, long to) {}

    private final List<Admission> admissions = new ArrayList<>();

    synchronized void add(long from, long to) {
        admissions.add(new Admission(from, to));
    }

    /** When the last one had been admitted. */
    synchronized long last() {
        return admissions.stream().mapToLong(Admission::to).max().orElse(0);
    }

    synchronized int size() {
        return admissions.size();
    }

    /** The most that certainly were in one span of that length, wherever it begins; both its ends belong to it. */
    synchronized int most(long span) {
        admissions.sort(Comparator.comparingLong(Admission::from));
        int most = 0;
        for (int first = 0; first < admissions.size(); first++) {
            long end = admissions.get(first).from + span;
            int within = 0;
            for (int i = first; i < admissions.size() && admissions.get(i).from <= end; i++) {
                if (admissions.get(i).to <= end) {
                    within++;
                }
            }
            most = Math.max(most, within);
        }
        return most;
    }
}
