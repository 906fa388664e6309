-- How sentences of the run log read elsewhere. brief: below a step that says already what failed and what to do about it. unnamed: without the
-- names of administrators, for telemetry that may not have them. NULL where the sentence itself will do, and in rows of older versions.
ALTER TABLE cycle ADD COLUMN reason_unnamed TEXT;
ALTER TABLE cycle ADD COLUMN failure_brief TEXT;
ALTER TABLE cycle ADD COLUMN next_brief TEXT;
ALTER TABLE cycle ADD COLUMN next_unnamed TEXT;
ALTER TABLE cycle_decision ADD COLUMN unnamed TEXT;

-- A cycle that an older version left running is yet to be told.
UPDATE cycle SET reason_unnamed = 'forced by somebody' WHERE forced_by IS NOT NULL;
UPDATE cycle_decision SET unnamed = 'an older version wrote this, and may have named somebody'
WHERE cycle_id IN (SELECT id FROM cycle WHERE outcome = 'Running');
