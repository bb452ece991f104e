package dev.gatehouse.db.settings;

import java.util.List;

/** A record with rules that no single setting can state. */
public interface Checked {

    /** What is wrong, with paths relative to this record; empty when nothing is. Called only when each setting by itself is fine. */
    List<Problem> problems();
}
