-- Times are UTC text, yyyy-MM-ddTHH:mm:ss.fffffffZ: they sort as text and a person can read them.

CREATE TABLE cursor (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    link        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    obtained_at TEXT NOT NULL,
    after_cycle INTEGER NOT NULL -- the last cycle that had ended when this cursor was obtained
);

CREATE TABLE guest (
    id     TEXT PRIMARY KEY,
    state  TEXT NOT NULL CHECK (state IN ('Live', 'SoftDeleted')),
    digest TEXT NOT NULL,
    name   TEXT,
    mail   TEXT,
    since  TEXT NOT NULL
) WITHOUT ROWID;

-- A reading of the tenant in progress, and the guests it has found so far. By list: cursor_link is the delta link that was taken
-- first, and read_from the time from which the list may be read.
CREATE TABLE enumeration (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    kind        TEXT NOT NULL DEFAULT 'Delta' CHECK (kind IN ('Delta', 'List', 'Reconcile')),
    cursor_link TEXT,
    read_from   TEXT,
    next_link   TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    pages       INTEGER NOT NULL,
    users       INTEGER NOT NULL,
    after_cycle INTEGER NOT NULL -- the last cycle that had ended when the first page was read
);

CREATE TABLE enumerated_guest (
    id     TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    name   TEXT,
    mail   TEXT
) WITHOUT ROWID;

-- What happened to guests, in the order in which it was committed. Pending until a cycle carried it.
CREATE TABLE change (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    guest_id    TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('Added', 'Updated', 'Removed', 'Restored')),
    name        TEXT,
    mail        TEXT,
    detected_at TEXT NOT NULL,
    after_cycle INTEGER, -- cycles after this one may have shown it to MIM before Graph showed it to us; NULL: it may be years old
    carried_by  INTEGER REFERENCES cycle (id),
    wakes       INTEGER NOT NULL DEFAULT 1 -- 0: a removal that starts nothing; a cycle carries it and the guard counts it all the same
);

CREATE INDEX change_pending ON change (seq) WHERE carried_by IS NULL;
CREATE INDEX change_guest ON change (guest_id, seq);
CREATE INDEX change_carried ON change (carried_by) WHERE carried_by IS NOT NULL;

-- A cycle's causes need no table: they are the changes after after_change, which an earlier cycle had carried, up to through_change,
-- which was the last one when its first import began.
CREATE TABLE cycle (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    function       TEXT NOT NULL,
    trigger        TEXT NOT NULL CHECK (trigger IN ('GraphDelta', 'Timer', 'Command')),
    sequence       TEXT NOT NULL,
    reason         TEXT NOT NULL,
    forced_by      TEXT,
    after_change   INTEGER NOT NULL DEFAULT 0,
    through_change INTEGER NOT NULL DEFAULT 0,
    started_at     TEXT NOT NULL,
    ended_at       TEXT,
    outcome        TEXT NOT NULL CHECK (outcome IN ('Running', 'Succeeded', 'SucceededWithFindings', 'Failed', 'Stopped', 'Abandoned')),
    failure        TEXT,
    needs_person   INTEGER NOT NULL DEFAULT 0,
    held_deletes   INTEGER, -- deletions that the removal guard held before an export
    held_staged    INTEGER, -- deletions that the removal guard held before a synchronization
    approval_id    INTEGER REFERENCES removal_approval (id),
    next_decision  TEXT
);

CREATE INDEX cycle_outcome ON cycle (outcome, sequence, id);

CREATE TABLE step (
    cycle_id         INTEGER NOT NULL REFERENCES cycle (id) ON DELETE CASCADE,
    position         INTEGER NOT NULL,
    management_agent TEXT NOT NULL,
    run_profile      TEXT NOT NULL,
    started_at       TEXT,
    ended_at         TEXT,
    result           TEXT,
    advice           TEXT,
    run_number       INTEGER,
    skipped_because  TEXT,
    counters         TEXT,
    errors           TEXT,
    error_count      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (cycle_id, position)
) WITHOUT ROWID;

-- What the agent decided during a cycle and why, in the order in which it did. step is the position of the step it is about, 0 before any.
CREATE TABLE cycle_decision (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycle (id) ON DELETE CASCADE,
    step     INTEGER NOT NULL,
    at       TEXT NOT NULL,
    text     TEXT NOT NULL
);

CREATE INDEX cycle_decision_of ON cycle_decision (cycle_id);

-- Guests that Graph said and guests that MIM's synchronization of the guests' management agent showed. The row is there as soon as such
-- a synchronization begins: without numbers seen, nobody knows what it brought.
CREATE TABLE arrival (
    cycle_id         INTEGER PRIMARY KEY REFERENCES cycle (id) ON DELETE CASCADE,
    seen_added       INTEGER,
    seen_updated     INTEGER,
    seen_removed     INTEGER,
    expected_added   INTEGER,
    expected_updated INTEGER,
    expected_removed INTEGER,
    sure_added       INTEGER, -- of those expected, the ones that no earlier synchronization can have brought
    sure_removed     INTEGER,
    missing          INTEGER,
    explanation      TEXT
);

CREATE TABLE forced_request (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    sequence     TEXT,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    past_window  INTEGER NOT NULL,
    cycle_id     INTEGER REFERENCES cycle (id),
    withdrawn_at TEXT
);

CREATE INDEX forced_request_open ON forced_request (id) WHERE cycle_id IS NULL AND withdrawn_at IS NULL;

-- A person lets removals pass that the guard holds: those up to through_change, that many deletions staged by imports, and that many
-- waiting for export. Good until a cycle after after_cycle ends well; numbers, not times, because a clock can be set back.
CREATE TABLE removal_approval (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    approved_by    TEXT NOT NULL,
    approved_at    TEXT NOT NULL,
    through_change INTEGER NOT NULL,
    after_cycle    INTEGER NOT NULL,
    removals       INTEGER NOT NULL,
    staged_deletes INTEGER NOT NULL,
    export_deletes INTEGER NOT NULL
);

-- The health of the polls and the last word of the planner, for whoever asks from another process.
CREATE TABLE poll (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    attempted_at  TEXT NOT NULL,
    succeeded_at  TEXT,
    failing_since TEXT,
    failures      INTEGER NOT NULL,
    error         TEXT,
    waiting_for   TEXT
);

CREATE TABLE decision (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    action     TEXT NOT NULL CHECK (action IN ('Run', 'Wait', 'Hold')),
    at         TEXT,
    reason     TEXT NOT NULL,
    decided_at TEXT NOT NULL
);

-- Whose process runs the agent on this data folder, or ran it last; the lock file says whether it still does.
CREATE TABLE holder (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    process_id INTEGER NOT NULL,
    account    TEXT NOT NULL,
    started_at TEXT NOT NULL
);

-- What the running agent signs in with, for whoever asks from another process. Never the credential itself.
CREATE TABLE credential (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    kind       TEXT NOT NULL,
    expires_at TEXT,
    warn_from  TEXT
);

-- Guest changes that the settings leave out, by reason.
CREATE TABLE ignored_change (
    reason  TEXT PRIMARY KEY,
    count   INTEGER NOT NULL,
    last_at TEXT NOT NULL
) WITHOUT ROWID;

-- Whose guests these are: the sandbox's or a tenant's. Written with the first start, so that the two never share a folder.
CREATE TABLE folder (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    tenant TEXT NOT NULL
);

-- A reading of the tenant in which so many guests were missing that it was not believed, and who was missing.
CREATE TABLE held_reading (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    known         INTEGER NOT NULL,
    vanished      INTEGER NOT NULL,
    retry_at      TEXT NOT NULL,
    pause_seconds INTEGER NOT NULL
);

CREATE TABLE held_guest (
    id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Before when the tenant is not read again although the cursor died, and how long the pause after that will be.
CREATE TABLE resync (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    allowed_from  TEXT NOT NULL,
    pause_seconds INTEGER NOT NULL
);

-- When the guests known were last compared with the tenant's, and how the counts in between came out.
CREATE TABLE drift (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    reconciled_at   TEXT NOT NULL,
    counted_at      TEXT NOT NULL,
    disagreements   INTEGER NOT NULL DEFAULT 0,
    counted         INTEGER,
    accepted_offset INTEGER NOT NULL DEFAULT 0
);
