-- "Ended well" in one place: such a cycle has carried its causes, and timers count from it.
CREATE VIEW good_cycle AS SELECT * FROM cycle WHERE outcome IN ('Succeeded', 'SucceededWithFindings');

-- What the agent answers to a forced request that no cycle serves yet, for whoever asked from another process.
ALTER TABLE forced_request ADD COLUMN answer TEXT CHECK (answer IN ('Waiting', 'Held', 'Refused'));
ALTER TABLE forced_request ADD COLUMN answer_reason TEXT;
ALTER TABLE forced_request ADD COLUMN answer_until TEXT;

-- The last approval that was there when the step began: what is approved later has not had this step. NULL in steps of older versions.
ALTER TABLE step ADD COLUMN through_approval INTEGER;
