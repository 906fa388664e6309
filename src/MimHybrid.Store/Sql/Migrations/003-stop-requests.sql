-- Somebody asks the agent that runs on this data folder to end after the cycle in progress.
CREATE TABLE stop_request (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    withdrawn_at TEXT
);
