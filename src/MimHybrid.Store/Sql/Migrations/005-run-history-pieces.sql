-- MIM's run history is cleared piece by piece, between cycles: up to when it is cleared, and whether the clean-up of asked_at has more to do.
ALTER TABLE run_history_cleanup ADD COLUMN cleared_through TEXT;
ALTER TABLE run_history_cleanup ADD COLUMN goes_on INTEGER NOT NULL DEFAULT 0;
