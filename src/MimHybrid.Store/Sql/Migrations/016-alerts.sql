-- What is open and was told to somebody, one row for as long as it lasts (MimHybrid.Alerts).
CREATE TABLE alert (
    id            INTEGER PRIMARY KEY,
    matter        TEXT NOT NULL,    -- which matter it is, whatever its words
    is_error      INTEGER NOT NULL,
    title         TEXT NOT NULL,    -- the words of when it was told last
    todo          TEXT NOT NULL,
    details       TEXT,             -- a line each
    unnamed       TEXT,             -- the same without names of persons
    first_seen    TEXT NOT NULL,
    told_at       TEXT,             -- its beginning; NULL while it may still pass
    last_told_at  TEXT,
    reminders     INTEGER NOT NULL DEFAULT 0,
    gone_at       TEXT,             -- not open any more since; NULL while it is
    ended_at      TEXT,             -- gone for long enough
    back_at       TEXT,             -- open again after its end was told; NULL once that was told too
    relapses      INTEGER NOT NULL DEFAULT 0,
    snoozed_until TEXT,
    snoozed_by    TEXT
);

CREATE UNIQUE INDEX alert_open ON alert (matter) WHERE ended_at IS NULL;
CREATE INDEX alert_ended ON alert (ended_at) WHERE ended_at IS NOT NULL;

-- What goes out over a channel, until it has arrived or was given up.
CREATE TABLE alert_message (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    key         TEXT NOT NULL,      -- for receivers: one that comes twice has the same
    channel     TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    notices     TEXT NOT NULL,      -- JSON
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_at     TEXT NOT NULL,
    sent_at     TEXT,
    given_up_at TEXT,
    error       TEXT                -- of the last attempt
);

CREATE INDEX alert_message_due ON alert_message (next_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX alert_message_channel ON alert_message (channel, created_at);
