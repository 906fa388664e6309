-- How many objects the connected directory refused when a management agent exported last. 0 once an export there ended well without any, or
-- had nothing to do. cycle_id: the cycle that said so.
CREATE TABLE refused_export (
    management_agent TEXT PRIMARY KEY,
    count            INTEGER NOT NULL,
    cycle_id         INTEGER NOT NULL REFERENCES cycle (id) ON DELETE CASCADE
) WITHOUT ROWID;

-- Those of them that MIM named, as many as are kept. since: when MIM met the error first.
CREATE TABLE refused_object (
    management_agent TEXT NOT NULL REFERENCES refused_export (management_agent) ON DELETE CASCADE,
    object           TEXT NOT NULL,
    type             TEXT NOT NULL,
    detail           TEXT NOT NULL,
    since            TEXT NOT NULL,
    PRIMARY KEY (management_agent, object)
) WITHOUT ROWID;

-- How many objects an export could not write.
ALTER TABLE step ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
