-- When a guest who came was invited, where Graph said it.
ALTER TABLE change ADD COLUMN invited_at TEXT;
