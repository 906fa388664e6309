-- Answers in a row that were neither passing nor the user, to reads of a user by id, and since when. Forgotten once nothing is contradictory.
CREATE TABLE refused_user (
    id            TEXT PRIMARY KEY,
    refusals      INTEGER NOT NULL,
    refused_since TEXT NOT NULL,
    refused_at    TEXT NOT NULL
) WITHOUT ROWID;
