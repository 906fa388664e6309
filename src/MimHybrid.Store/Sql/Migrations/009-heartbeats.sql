-- The last sign of life of each loop of the running agent, and by when it means to give the next: a process that holds the folder and gives
-- none does not do its work. Whoever takes hold of the folder begins with none.
CREATE TABLE heartbeat (
    loop    TEXT PRIMARY KEY CHECK (loop IN ('Poller', 'Cycles')),
    at      TEXT NOT NULL,
    next_by TEXT NOT NULL
) WITHOUT ROWID;

-- A cycle that guest changes started, that ended well, and that carried none: the next would come to the same.
ALTER TABLE cycle ADD COLUMN carried_nothing INTEGER NOT NULL DEFAULT 0;

CREATE INDEX cycle_carried_nothing ON cycle (id) WHERE carried_nothing;

-- A store that could not be used was put aside, and this one took its place with what could be read. Timers count from here: a success
-- before it says nothing of what was lost.
CREATE TABLE rescue (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          TEXT NOT NULL,
    told        TEXT NOT NULL,
    after_cycle INTEGER NOT NULL -- the last cycle that was taken over
);
