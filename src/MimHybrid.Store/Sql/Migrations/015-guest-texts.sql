-- Names and mails of the guests known, many in a row: those whose ids begin alike, one a line, in the order of their ids, in one case and
-- width. Filled by the program (GuestTextSql).
CREATE TABLE guest_people (
    block TEXT PRIMARY KEY, -- how the ids begin
    lines BLOB NOT NULL     -- name, tab, mail
) WITHOUT ROWID;
