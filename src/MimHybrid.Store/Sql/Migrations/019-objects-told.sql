-- The objects that a matter is about and that were told, a line each: one that joins them is told, too.
ALTER TABLE alert ADD COLUMN objects TEXT;
