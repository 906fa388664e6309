-- The starts of agents that run on and on and have not ended as they were asked to: the one that runs, and those that were cut off or ended
-- by a fault. The newest few.
CREATE TABLE agent_start (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL
);

-- What the agent sends beside its work and could not the last time: telemetry, by destination, and the report.
CREATE TABLE undelivered (
    kind  TEXT NOT NULL CHECK (kind IN ('Telemetry', 'Report')),
    place TEXT NOT NULL,
    since TEXT NOT NULL,
    why   TEXT NOT NULL,
    PRIMARY KEY (kind, place)
) WITHOUT ROWID;
