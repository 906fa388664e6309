-- What ended a cycle that did not fail by itself: a person who stopped its run, or the removal guard.
ALTER TABLE cycle ADD COLUMN stopped_by TEXT CHECK (stopped_by IN ('Person', 'RemovalGuard'));

-- The management agent on which the removal guard found the deletions that it held.
ALTER TABLE cycle ADD COLUMN held_on TEXT;

-- An approval is for what was shown: so many deletions on these management agents and on no others.
ALTER TABLE removal_approval ADD COLUMN staged_on TEXT;
ALTER TABLE removal_approval ADD COLUMN export_on TEXT;

-- Once: the approvals up to approval_id have had their synchronization, or their export, on that management agent, in that cycle.
CREATE TABLE approval_spent (
    kind             TEXT NOT NULL CHECK (kind IN ('Synchronization', 'Export')),
    management_agent TEXT NOT NULL COLLATE NOCASE,
    approval_id      INTEGER NOT NULL REFERENCES removal_approval (id),
    cycle_id         INTEGER NOT NULL REFERENCES cycle (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, management_agent)
) WITHOUT ROWID;

-- Exports that no import has confirmed yet (imported 0), or whose confirmation no synchronization has taken up (imported 1), and how many
-- deletions were among them: those come back as staged deletions. A cycle that was cut off in between leaves them to the next.
CREATE TABLE unconfirmed_export (
    management_agent TEXT PRIMARY KEY COLLATE NOCASE,
    deletes          INTEGER NOT NULL,
    imported         INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
