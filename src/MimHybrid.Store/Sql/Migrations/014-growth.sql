-- So that nothing but the size of the file grows with the years (tests/MimHybrid.Benchmarks/README.md#growth-a-store-of-years).

-- The cycles of one sequence, newest first: timers and pauses look at the newest few and not at all there are.
CREATE INDEX cycle_sequence ON cycle (sequence COLLATE NOCASE, id, outcome);

-- Cycles by the changes that caused them. Most have none.
CREATE INDEX cycle_causes ON cycle (through_change, after_change) WHERE through_change > after_change;

-- As before, but found by number: nearly all cycles end well, and an index by outcome would be read from end to end.
DROP VIEW good_cycle;
CREATE VIEW good_cycle AS SELECT * FROM cycle WHERE +outcome IN ('Succeeded', 'SucceededWithFindings');

CREATE INDEX guest_deleted ON guest (since) WHERE state = 'SoftDeleted';

-- How many guests are live: each decision of the planner asks.
CREATE TABLE guest_tally (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    live INTEGER NOT NULL
);

INSERT INTO guest_tally (id, live) SELECT 1, count(*) FROM guest WHERE state = 'Live';

CREATE TRIGGER guest_came AFTER INSERT ON guest WHEN new.state = 'Live'
BEGIN
    UPDATE guest_tally SET live = live + 1;
END;

CREATE TRIGGER guest_went AFTER DELETE ON guest WHEN old.state = 'Live'
BEGIN
    UPDATE guest_tally SET live = live - 1;
END;

CREATE TRIGGER guest_turned AFTER UPDATE OF state ON guest WHEN (old.state = 'Live') <> (new.state = 'Live')
BEGIN
    UPDATE guest_tally SET live = live + iif(new.state = 'Live', 1, -1);
END;

-- The texts in which a guest is searched: 32 changes a row, one a line, in one case and width. Made from the table of changes by the
-- program (ChangeTextSql), also where this script finds some. Two tables, because a name is no part of an id.
CREATE TABLE change_people (
    block INTEGER PRIMARY KEY, -- seq / 32
    lines BLOB NOT NULL        -- name, tab, mail
);

CREATE TABLE change_ids (
    block INTEGER PRIMARY KEY,
    lines BLOB NOT NULL
);
