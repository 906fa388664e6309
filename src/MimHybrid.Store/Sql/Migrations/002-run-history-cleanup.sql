-- When MIM's run history was last asked to be cleared, whatever came of it: a restart must not ask again on the same day.
CREATE TABLE run_history_cleanup (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    asked_at TEXT NOT NULL
);
