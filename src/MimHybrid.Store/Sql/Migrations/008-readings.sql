-- Answers in a row that were neither passing nor a page, to requests with the cursor, or with a page link of the reading in progress. The
-- count lies beside the link that it is about, so that it ends with it.
ALTER TABLE cursor ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cursor ADD COLUMN refused_since TEXT;
ALTER TABLE cursor ADD COLUMN refused_at TEXT;
ALTER TABLE enumeration ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE enumeration ADD COLUMN refused_since TEXT;
ALTER TABLE enumeration ADD COLUMN refused_at TEXT;

-- Whoever the pages of a reading showed as something else than a guest who counts, members aside: a later page may contradict it.
-- outside: why a guest does not count.
CREATE TABLE enumerated_other (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    outside TEXT
) WITHOUT ROWID;

-- Users whom a read by id did not find although something else says that they are there, and when they were missed first.
CREATE TABLE missed_user (
    id           TEXT PRIMARY KEY,
    first_missed TEXT NOT NULL
) WITHOUT ROWID;

-- Somebody asks for a new reading of the whole tenant.
CREATE TABLE resync_request (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    served_at    TEXT
);

-- Why a guest does not count any more, where nobody removed them in the tenant.
ALTER TABLE change ADD COLUMN left_because TEXT;
