-- One word for the reading of the whole tenant.
ALTER TABLE enumeration RENAME TO baseline;
ALTER TABLE enumerated_guest RENAME TO baseline_guest;
ALTER TABLE enumerated_other RENAME TO baseline_other;
ALTER TABLE held_reading RENAME TO doubted_baseline;
ALTER TABLE held_guest RENAME TO doubted_guest;
