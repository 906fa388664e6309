-- Graph (by the polls) or the sync server (by the loop that starts cycles) is away, since when; ended_at when it last answered again.
-- What had failed meanwhile is then tried at once.
CREATE TABLE outage (
    of       TEXT PRIMARY KEY CHECK (of IN ('Graph', 'SyncServer')),
    since    TEXT,
    ended_at TEXT
) WITHOUT ROWID;

-- At a cycle's good end: how many guests MIM had connected, and how many the agent knew of; null where MIM was not asked, or a change was
-- pending, which MIM may have or not.
ALTER TABLE cycle ADD COLUMN connected_guests INTEGER;
ALTER TABLE cycle ADD COLUMN known_guests INTEGER;
