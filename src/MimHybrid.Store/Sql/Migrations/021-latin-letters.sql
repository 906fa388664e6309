-- Names and mails are searched in Latin letters, whatever their accents and their script: the program writes all texts anew (ChangeTextSql,
-- GuestTextSql), which were in one case and width.
DELETE FROM change_people;
DELETE FROM change_ids;
