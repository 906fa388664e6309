-- All that an ordinary poll writes, in one row: as three rows of three tables it was four times as many bytes, each minute, for years.
CREATE TABLE watch (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    -- the cursor; all null while there is none
    link          TEXT,
    fingerprint   TEXT,
    obtained_at   TEXT,
    after_cycle   INTEGER, -- the last cycle that had ended when this cursor was obtained
    refusals      INTEGER NOT NULL DEFAULT 0,
    refused_since TEXT,
    refused_at    TEXT,
    -- how the polls are doing; all null before the first
    attempted_at  TEXT,
    succeeded_at  TEXT,
    failing_since TEXT,
    failures      INTEGER NOT NULL DEFAULT 0,
    error         TEXT,
    waiting_for   TEXT,
    -- the sign of life of the loop that polls, as heartbeat has those of others; null where none polls on
    beat_at       TEXT,
    next_by       TEXT
);

INSERT INTO watch (
    id, link, fingerprint, obtained_at, after_cycle, refusals, refused_since, refused_at,
    attempted_at, succeeded_at, failing_since, failures, error, waiting_for)
SELECT
    1, link, fingerprint, obtained_at, after_cycle, coalesce(refusals, 0), refused_since, refused_at,
    attempted_at, succeeded_at, failing_since, coalesce(failures, 0), error, waiting_for
FROM (SELECT 1) LEFT JOIN cursor LEFT JOIN poll;

DROP TABLE cursor;
DROP TABLE poll;

-- Whoever takes hold of the folder begins with none.
DROP TABLE heartbeat;
CREATE TABLE heartbeat (
    loop    TEXT PRIMARY KEY CHECK (loop IN ('Cycles')),
    at      TEXT NOT NULL,
    next_by TEXT NOT NULL
) WITHOUT ROWID;
