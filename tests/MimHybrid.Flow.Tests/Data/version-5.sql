PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE cursor (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    link        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    obtained_at TEXT NOT NULL,
    after_cycle INTEGER NOT NULL -- the last cycle that had ended when this cursor was obtained
);
INSERT INTO cursor VALUES(1,'https://localhost:41015/v1.0/users/delta?$deltatoken=d-_-rl70_gmeyJTZWxlY3QiOlsiaWQiLCJ1c2VyVHlwZSIsImRpc3BsYXlOYW1lIiwibWFpbCIsImdpdmVuTmFtZSIsInN1cm5hbWUiLCJ1c2VyUHJpbmNpcGFsTmFtZSJdLCJJZHMiOltdLCJGaXJzdFJvdW5kIjpmYWxzZSwiU2luY2UiOjMwLCJVbnRpbCI6MCwiVXNuIjoxLCJPcmRpbmFsIjowLCJQYWdlIjowLCJJc3N1ZWRBdCI6IjIwMjYtMTEtMjJUMTI6MDc6MDArMDA6MDAiLCJHZW5lcmF0aW9uIjowfQ.u8T8iKDlLwfvL4jMGIG7Zg~%2B1','1|0534f44a-0ab0-4229-99de-12519a64f70b|https://localhost:41015/v1.0|f0dec42e-45c0-487c-904f-9275189f1a9a|id,userType,displayName,mail,givenName,surname,userPrincipalName','2026-11-22T12:07:00.0000000Z',8);
CREATE TABLE guest (
    id     TEXT PRIMARY KEY,
    state  TEXT NOT NULL CHECK (state IN ('Live', 'SoftDeleted')),
    digest TEXT NOT NULL,
    name   TEXT,
    mail   TEXT,
    since  TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO guest VALUES('098b16a5-4468-457c-bb1f-8df0e36ecb9d','Live','01d679b1cbdd59af9557019bbed6b422','Guest 16','guest16@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('11bc8a9e-3e00-4c52-a654-3995d34ea72e','Live','995fdb3200d9799f18747283dcfbf4cb','Guest 18','guest18@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('1d422aae-d897-4d7a-a4c2-ff6b7923ba14','SoftDeleted','caea94406ea2ef2b7749af530dd1d924','Guest 06','guest06@fabrikam.example','2026-11-22T12:07:00.0000000Z');
INSERT INTO guest VALUES('2b0847bb-574a-4670-9019-b30cfc9d06c3','Live','3867ce7671aa5ef9c6e135473266af76','Guest 11','guest11@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('30223406-22c9-4296-a394-851061af2efc','Live','3663abb56599a83eca299e623dcc39f4','Max Vogel','max.vogel@fabrikam.example','2026-11-22T12:06:30.0000000Z');
INSERT INTO guest VALUES('422b8e4a-3cab-41ce-b80f-869aa1aaee24','SoftDeleted','ec20e943f1335235e075f6231c6f72db','Guest 04','guest04@fabrikam.example','2026-11-22T12:06:30.0000000Z');
INSERT INTO guest VALUES('5fbbcba2-c06e-4bb6-901b-96667ec14b12','Live','60702c5f5c3f941a89b4c6bdf29dd02b','Guest 13','guest13@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('63cea790-1390-41c1-9b96-b52e587851d6','Live','6495f2c6262c1839e3b9a4d83567afd7','Guest 12','guest12@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('68af1cf0-8108-4e8d-9c6a-56c59120845a','Live','9e642c8b2f3601f3b45716d3ed70aa40','Guest 10','guest10@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('6b667124-e0b6-499c-844a-d66936ed88f6','SoftDeleted','eb7ec736784fd4b1d5bd150a2959564f','Guest 03','guest03@fabrikam.example','2026-11-22T12:01:00.0000000Z');
INSERT INTO guest VALUES('7df6d004-76c7-4abb-a7e5-242aa347f4fa','SoftDeleted','b1b4075f13327547da86677ba59e3823','Guest 07','guest07@fabrikam.example','2026-11-22T12:07:00.0000000Z');
INSERT INTO guest VALUES('94948aee-e9e1-43b5-b5e6-9a45b55fabc7','Live','3d07ab5ada16fa237bc653a4b8818ec4','Guest 09','guest09@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('97d6868c-661b-4f48-a0cf-8c8fa72f1671','Live','3da1e50d9b57dd404110ecaefd63ece8','Lena Brandt','lena.brandt@fabrikam.example','2026-11-22T12:00:30.0000000Z');
INSERT INTO guest VALUES('a1f2d915-05c4-49d3-8abc-aa73b45b3be4','Live','50b2cf30a4ea56a3668e868317c909bb','Guest 14','guest14@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('a5d2640f-4916-4d36-ba83-162e412aa021','Live','0f1689aefdb689ddc87573ae840721db','Ida Sommer','ida.sommer@fabrikam.example','2026-11-22T12:07:00.0000000Z');
INSERT INTO guest VALUES('ac3ee0ac-10ce-4fed-b7aa-9e408ce6a875','SoftDeleted','c3238af25cebb74198daa3212a01a9b5','Guest 02','guest02@fabrikam.example','2026-11-22T12:01:00.0000000Z');
INSERT INTO guest VALUES('b2f8fe70-4948-4ded-93b3-280a060858d6','Live','77c377b01b3cdd996738e70837fed46e','Guest 20','guest20@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('bab82f4e-ef1a-4bda-b9e2-7d02675fb85f','Live','7ce9c7e10c36605e16cb0127eace2370','Guest 17','guest17@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('c454c893-5e16-4f4f-9de0-ddb34a97a6d4','SoftDeleted','e72651c981e8d264ff9a7b3ff8916add','Guest 01','guest01@fabrikam.example','2026-11-22T12:01:00.0000000Z');
INSERT INTO guest VALUES('c70aa6de-06fd-4841-8e47-9e2988dd85f7','Live','000d38df49b21f35c6d6f127ef6898ca','Guest 08','guest08@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('c9d4fb14-6343-4d4d-a9bd-985d5bda4267','SoftDeleted','61a1eafa58faef2614b0b559c1c18f9e','Guest 05','guest05@fabrikam.example','2026-11-22T12:07:00.0000000Z');
INSERT INTO guest VALUES('e1e3e92d-c586-4139-99e9-8316a692f617','Live','4653cf5d1b046c6d3516be023c456a6d','Guest 19','guest19@fabrikam.example','2026-11-22T12:00:00.0000000Z');
INSERT INTO guest VALUES('e9d5eded-9247-4280-8482-70dc534022cd','Live','75637028989021f02e480f332c1d36ba','Guest 15','guest15@fabrikam.example','2026-11-22T12:00:00.0000000Z');
CREATE TABLE enumeration (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    kind        TEXT NOT NULL DEFAULT 'Delta' CHECK (kind IN ('Delta', 'List', 'Reconcile')),
    cursor_link TEXT,
    read_from   TEXT,
    next_link   TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    pages       INTEGER NOT NULL,
    users       INTEGER NOT NULL,
    after_cycle INTEGER NOT NULL -- the last cycle that had ended when the first page was read
);
CREATE TABLE enumerated_guest (
    id     TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    name   TEXT,
    mail   TEXT
) WITHOUT ROWID;
CREATE TABLE change (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    guest_id    TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('Added', 'Updated', 'Removed', 'Restored')),
    name        TEXT,
    mail        TEXT,
    detected_at TEXT NOT NULL,
    after_cycle INTEGER, -- cycles after this one may have shown it to MIM before Graph showed it to us; NULL: it may be years old
    carried_by  INTEGER REFERENCES cycle (id),
    wakes       INTEGER NOT NULL DEFAULT 1 -- 0: a removal that starts nothing; a cycle carries it and the guard counts it all the same
);
INSERT INTO change VALUES(1,'c454c893-5e16-4f4f-9de0-ddb34a97a6d4','Added','Guest 01','guest01@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(2,'ac3ee0ac-10ce-4fed-b7aa-9e408ce6a875','Added','Guest 02','guest02@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(3,'6b667124-e0b6-499c-844a-d66936ed88f6','Added','Guest 03','guest03@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(4,'422b8e4a-3cab-41ce-b80f-869aa1aaee24','Added','Guest 04','guest04@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(5,'c9d4fb14-6343-4d4d-a9bd-985d5bda4267','Added','Guest 05','guest05@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(6,'1d422aae-d897-4d7a-a4c2-ff6b7923ba14','Added','Guest 06','guest06@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(7,'7df6d004-76c7-4abb-a7e5-242aa347f4fa','Added','Guest 07','guest07@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(8,'c70aa6de-06fd-4841-8e47-9e2988dd85f7','Added','Guest 08','guest08@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(9,'94948aee-e9e1-43b5-b5e6-9a45b55fabc7','Added','Guest 09','guest09@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(10,'68af1cf0-8108-4e8d-9c6a-56c59120845a','Added','Guest 10','guest10@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(11,'2b0847bb-574a-4670-9019-b30cfc9d06c3','Added','Guest 11','guest11@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(12,'63cea790-1390-41c1-9b96-b52e587851d6','Added','Guest 12','guest12@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(13,'5fbbcba2-c06e-4bb6-901b-96667ec14b12','Added','Guest 13','guest13@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(14,'a1f2d915-05c4-49d3-8abc-aa73b45b3be4','Added','Guest 14','guest14@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(15,'e9d5eded-9247-4280-8482-70dc534022cd','Added','Guest 15','guest15@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(16,'098b16a5-4468-457c-bb1f-8df0e36ecb9d','Added','Guest 16','guest16@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(17,'bab82f4e-ef1a-4bda-b9e2-7d02675fb85f','Added','Guest 17','guest17@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(18,'11bc8a9e-3e00-4c52-a654-3995d34ea72e','Added','Guest 18','guest18@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(19,'e1e3e92d-c586-4139-99e9-8316a692f617','Added','Guest 19','guest19@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(20,'b2f8fe70-4948-4ded-93b3-280a060858d6','Added','Guest 20','guest20@fabrikam.example','2026-11-22T12:00:00.0000000Z',0,2,1);
INSERT INTO change VALUES(21,'97d6868c-661b-4f48-a0cf-8c8fa72f1671','Added','Lena Brandt','lena.brandt@fabrikam.example','2026-11-22T12:00:30.0000000Z',1,4,1);
INSERT INTO change VALUES(22,'c454c893-5e16-4f4f-9de0-ddb34a97a6d4','Removed','Guest 01','guest01@fabrikam.example','2026-11-22T12:01:00.0000000Z',2,5,1);
INSERT INTO change VALUES(23,'ac3ee0ac-10ce-4fed-b7aa-9e408ce6a875','Removed','Guest 02','guest02@fabrikam.example','2026-11-22T12:01:00.0000000Z',2,5,1);
INSERT INTO change VALUES(24,'6b667124-e0b6-499c-844a-d66936ed88f6','Removed','Guest 03','guest03@fabrikam.example','2026-11-22T12:01:00.0000000Z',2,5,1);
INSERT INTO change VALUES(25,'30223406-22c9-4296-a394-851061af2efc','Added','Max Vogel','max.vogel@fabrikam.example','2026-11-22T12:06:30.0000000Z',4,NULL,1);
INSERT INTO change VALUES(26,'422b8e4a-3cab-41ce-b80f-869aa1aaee24','Removed','Guest 04','guest04@fabrikam.example','2026-11-22T12:06:30.0000000Z',4,NULL,1);
INSERT INTO change VALUES(27,'c9d4fb14-6343-4d4d-a9bd-985d5bda4267','Removed','Guest 05','guest05@fabrikam.example','2026-11-22T12:07:00.0000000Z',6,NULL,1);
INSERT INTO change VALUES(28,'1d422aae-d897-4d7a-a4c2-ff6b7923ba14','Removed','Guest 06','guest06@fabrikam.example','2026-11-22T12:07:00.0000000Z',6,NULL,1);
INSERT INTO change VALUES(29,'7df6d004-76c7-4abb-a7e5-242aa347f4fa','Removed','Guest 07','guest07@fabrikam.example','2026-11-22T12:07:00.0000000Z',6,NULL,1);
INSERT INTO change VALUES(30,'a5d2640f-4916-4d36-ba83-162e412aa021','Added','Ida Sommer','ida.sommer@fabrikam.example','2026-11-22T12:07:00.0000000Z',6,NULL,1);
CREATE TABLE cycle (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    function       TEXT NOT NULL,
    trigger        TEXT NOT NULL CHECK (trigger IN ('GraphDelta', 'Timer', 'Command')),
    sequence       TEXT NOT NULL,
    reason         TEXT NOT NULL,
    forced_by      TEXT,
    after_change   INTEGER NOT NULL DEFAULT 0,
    through_change INTEGER NOT NULL DEFAULT 0,
    started_at     TEXT NOT NULL,
    ended_at       TEXT,
    outcome        TEXT NOT NULL CHECK (outcome IN ('Running', 'Succeeded', 'SucceededWithFindings', 'Failed', 'Stopped', 'Abandoned')),
    failure        TEXT,
    needs_person   INTEGER NOT NULL DEFAULT 0,
    held_deletes   INTEGER, -- deletions that the removal guard held before an export
    held_staged    INTEGER, -- deletions that the removal guard held before a synchronization
    approval_id    INTEGER REFERENCES removal_approval (id),
    next_decision  TEXT
, stopped_by TEXT CHECK (stopped_by IN ('Person', 'RemovalGuard')), held_on TEXT);
INSERT INTO cycle VALUES(1,'FallbackCycle','Timer','Full','no Full cycle has ended well yet',NULL,0,0,'2026-11-22T12:00:00.0000000Z','2026-11-22T12:00:00.0000000Z','Succeeded',NULL,0,NULL,NULL,NULL,'no guest changes pending; FallbackCycle is due at 13:00:00',NULL,NULL);
INSERT INTO cycle VALUES(2,'GuestChanges','GraphDelta','ChangeDriven','20 guest changes (20 added) pending',NULL,0,20,'2026-11-22T12:00:30.0000000Z','2026-11-22T12:00:30.0000000Z','Succeeded',NULL,0,NULL,NULL,NULL,'no guest changes pending; FallbackCycle is due at 13:00:00',NULL,NULL);
INSERT INTO cycle VALUES(3,'GuestChanges','GraphDelta','ChangeDriven','1 guest change (1 added) pending',NULL,20,21,'2026-11-22T12:01:00.0000000Z','2026-11-22T12:01:00.0000000Z','Abandoned','The agent ended during this cycle; its changes stay pending.',0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO cycle VALUES(4,'GuestChanges','GraphDelta','ChangeDriven','1 guest change (1 added) pending',NULL,20,21,'2026-11-22T12:01:00.0000000Z','2026-11-22T12:01:00.0000000Z','SucceededWithFindings',NULL,0,NULL,NULL,NULL,'no guest changes pending; FallbackCycle is due at 13:00:00',NULL,NULL);
INSERT INTO cycle VALUES(5,'GuestChanges','GraphDelta','ChangeDriven','3 guest changes (3 removed) pending',NULL,21,24,'2026-11-22T12:01:30.0000000Z','2026-11-22T12:01:30.0000000Z','Succeeded',NULL,0,NULL,NULL,1,'no guest changes pending; FallbackCycle is due at 13:00:00',NULL,NULL);
INSERT INTO cycle VALUES(6,'ForcedRun','Command','Full','forced by ada','ada',24,24,'2026-11-22T12:06:30.0000000Z','2026-11-22T12:06:30.0000000Z','Succeeded',NULL,0,NULL,NULL,NULL,'no guest changes pending; FallbackCycle is due at 13:06:30',NULL,NULL);
INSERT INTO cycle VALUES(7,'GuestChanges','GraphDelta','ChangeDriven','2 guest changes (1 added, 1 removed) pending',NULL,24,26,'2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z','Failed','ADMA Delta Import (Stage Only): stopped-ma. The management agent failed during the run; read the Application event log of the server.',1,NULL,NULL,NULL,'the last ChangeDriven cycle did not end well, and a person is needed: ADMA Delta Import (Stage Only): stopped-ma. The management agent failed during the run; read the Application event log of the server. It is tried again at 12:37:00',NULL,NULL);
INSERT INTO cycle VALUES(8,'ForcedRun','Command','ChangeDriven','forced by ada','ada',24,26,'2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z','Stopped','the removal guard holds ADMA Export: 3 deletions wait for export, more than it allows (2, or 10 percent of the guests). Look at them and approve them with: mimhybrid approve removals',1,3,NULL,NULL,'3 deletions wait for export to ADMA (found by cycle 8), more than the removal guard allows (2, or 10 percent of the guests). Nothing runs until somebody looks at them and runs: mimhybrid approve removals','RemovalGuard','ADMA');
CREATE TABLE step (
    cycle_id         INTEGER NOT NULL REFERENCES cycle (id) ON DELETE CASCADE,
    position         INTEGER NOT NULL,
    management_agent TEXT NOT NULL,
    run_profile      TEXT NOT NULL,
    started_at       TEXT,
    ended_at         TEXT,
    result           TEXT,
    advice           TEXT,
    run_number       INTEGER,
    skipped_because  TEXT,
    counters         TEXT,
    errors           TEXT,
    error_count      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (cycle_id, position)
) WITHOUT ROWID;
INSERT INTO step VALUES(1,1,'AADMA','Full Import (Stage Only)','2026-11-22T12:00:00.0000000Z','2026-11-22T12:00:00.0000000Z','completed-no-objects','',1,NULL,'{}',NULL,0);
INSERT INTO step VALUES(1,2,'AADMA','Full Synchronization','2026-11-22T12:00:00.0000000Z','2026-11-22T12:00:00.0000000Z','success','',2,NULL,'{}',NULL,0);
INSERT INTO step VALUES(1,3,'ADMA','Full Import (Stage Only)','2026-11-22T12:00:00.0000000Z','2026-11-22T12:00:00.0000000Z','completed-no-objects','',1,NULL,'{}',NULL,0);
INSERT INTO step VALUES(1,4,'ADMA','Full Synchronization','2026-11-22T12:00:00.0000000Z','2026-11-22T12:00:00.0000000Z','success','',2,NULL,'{}',NULL,0);
INSERT INTO step VALUES(1,5,'ADMA','Export',NULL,NULL,NULL,NULL,NULL,'nothing to export',NULL,NULL,0);
INSERT INTO step VALUES(1,6,'ADMA','Delta Import (Stage Only)',NULL,NULL,NULL,NULL,NULL,'nothing exported',NULL,NULL,0);
INSERT INTO step VALUES(1,7,'ADMA','Delta Synchronization',NULL,NULL,NULL,NULL,NULL,'nothing exported',NULL,NULL,0);
INSERT INTO step VALUES(2,1,'AADMA','Delta Import (Stage Only)','2026-11-22T12:00:30.0000000Z','2026-11-22T12:00:30.0000000Z','success','',3,NULL,'{"staging":{"stage-add":20}}',NULL,0);
INSERT INTO step VALUES(2,2,'AADMA','Delta Synchronization','2026-11-22T12:00:30.0000000Z','2026-11-22T12:00:30.0000000Z','success','',4,NULL,'{"inbound":{"disconnector-projected-flow":20},"outbound":{"ADMA":{"provisioned-add-flow":20}}}',NULL,0);
INSERT INTO step VALUES(2,3,'ADMA','Export','2026-11-22T12:00:30.0000000Z','2026-11-22T12:00:30.0000000Z','success','',3,NULL,'{"export":{"export-add":20}}',NULL,0);
INSERT INTO step VALUES(2,4,'ADMA','Delta Import (Stage Only)','2026-11-22T12:00:30.0000000Z','2026-11-22T12:00:30.0000000Z','success','',4,NULL,'{"staging":{"stage-update":20}}',NULL,0);
INSERT INTO step VALUES(2,5,'ADMA','Delta Synchronization','2026-11-22T12:00:30.0000000Z','2026-11-22T12:00:30.0000000Z','success','',5,NULL,'{"inbound":{"connector-no-flow":20},"outbound":{"ADMA":{"connector-no-flow":20}}}',NULL,0);
INSERT INTO step VALUES(3,1,'AADMA','Delta Import (Stage Only)','2026-11-22T12:01:00.0000000Z','2026-11-22T12:01:00.0000000Z','success','',5,NULL,'{"staging":{"stage-add":1}}',NULL,0);
INSERT INTO step VALUES(3,2,'AADMA','Delta Synchronization','2026-11-22T12:01:00.0000000Z','2026-11-22T12:01:00.0000000Z','success','',6,NULL,'{"inbound":{"disconnector-projected-flow":1},"outbound":{"ADMA":{"provisioned-add-flow":1}}}',NULL,0);
INSERT INTO step VALUES(4,1,'AADMA','Delta Import (Stage Only)','2026-11-22T12:01:00.0000000Z','2026-11-22T12:01:00.0000000Z','completed-no-objects','',7,NULL,'{}',NULL,0);
INSERT INTO step VALUES(4,2,'AADMA','Delta Synchronization',NULL,NULL,NULL,NULL,NULL,'nothing staged',NULL,NULL,0);
INSERT INTO step VALUES(4,3,'ADMA','Export','2026-11-22T12:01:00.0000000Z','2026-11-22T12:01:00.0000000Z','completed-export-errors','The directory refused some objects; read each object''s error in this run and mend the cause, the next export tries again.',6,NULL,'{"export":{"export-failure":1}}','[{"object":"CN=Lena Brandt,OU=Guests,DC=sandbox,DC=example","type":"permission-issue","detail":"8344 Insufficient access rights to perform the operation.","firstOccurred":"2026-11-22T12:01:00.0000000Z","retryCount":0}]',1);
INSERT INTO step VALUES(4,4,'ADMA','Delta Import (Stage Only)','2026-11-22T12:01:00.0000000Z','2026-11-22T12:01:00.0000000Z','completed-no-objects','',7,NULL,'{}',NULL,0);
INSERT INTO step VALUES(4,5,'ADMA','Delta Synchronization',NULL,NULL,NULL,NULL,NULL,'nothing staged',NULL,NULL,0);
INSERT INTO step VALUES(5,1,'AADMA','Delta Import (Stage Only)','2026-11-22T12:01:30.0000000Z','2026-11-22T12:01:30.0000000Z','success','',8,NULL,'{"staging":{"stage-delete":3}}',NULL,0);
INSERT INTO step VALUES(5,2,'AADMA','Delta Synchronization','2026-11-22T12:01:30.0000000Z','2026-11-22T12:01:30.0000000Z','success','',9,NULL,'{"inbound":{"connector-delete-remove-mv":3},"outbound":{"ADMA":{"provisioned-disconnect":3}}}',NULL,0);
INSERT INTO step VALUES(5,3,'ADMA','Export','2026-11-22T12:01:30.0000000Z','2026-11-22T12:01:30.0000000Z','success','',8,NULL,'{"export":{"export-add":1,"export-delete":3}}',NULL,0);
INSERT INTO step VALUES(5,4,'ADMA','Delta Import (Stage Only)','2026-11-22T12:01:30.0000000Z','2026-11-22T12:01:30.0000000Z','success','',9,NULL,'{"staging":{"stage-delete":3,"stage-update":1}}',NULL,0);
INSERT INTO step VALUES(5,5,'ADMA','Delta Synchronization','2026-11-22T12:01:30.0000000Z','2026-11-22T12:01:30.0000000Z','success','',10,NULL,'{"inbound":{"connector-no-flow":1},"outbound":{"ADMA":{"connector-no-flow":1}}}',NULL,0);
INSERT INTO step VALUES(6,1,'AADMA','Full Import (Stage Only)','2026-11-22T12:06:30.0000000Z','2026-11-22T12:06:30.0000000Z','success','',10,NULL,'{"staging":{"stage-no-change":18}}',NULL,0);
INSERT INTO step VALUES(6,2,'AADMA','Full Synchronization','2026-11-22T12:06:30.0000000Z','2026-11-22T12:06:30.0000000Z','success','',11,NULL,'{"inbound":{"connector-no-flow":18},"outbound":{"ADMA":{"connector-no-flow":18}}}',NULL,0);
INSERT INTO step VALUES(6,3,'ADMA','Full Import (Stage Only)','2026-11-22T12:06:30.0000000Z','2026-11-22T12:06:30.0000000Z','success','',11,NULL,'{"staging":{"stage-no-change":18}}',NULL,0);
INSERT INTO step VALUES(6,4,'ADMA','Full Synchronization','2026-11-22T12:06:30.0000000Z','2026-11-22T12:06:30.0000000Z','success','',12,NULL,'{"inbound":{"connector-no-flow":18},"outbound":{"ADMA":{"connector-no-flow":18}}}',NULL,0);
INSERT INTO step VALUES(6,5,'ADMA','Export',NULL,NULL,NULL,NULL,NULL,'nothing to export',NULL,NULL,0);
INSERT INTO step VALUES(6,6,'ADMA','Delta Import (Stage Only)',NULL,NULL,NULL,NULL,NULL,'nothing exported',NULL,NULL,0);
INSERT INTO step VALUES(6,7,'ADMA','Delta Synchronization',NULL,NULL,NULL,NULL,NULL,'nothing exported',NULL,NULL,0);
INSERT INTO step VALUES(7,1,'AADMA','Delta Import (Stage Only)','2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z','success','',12,NULL,'{"staging":{"stage-add":1,"stage-delete":1}}',NULL,0);
INSERT INTO step VALUES(7,2,'AADMA','Delta Synchronization','2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z','success','',13,NULL,'{"inbound":{"connector-delete-remove-mv":1,"disconnector-projected-flow":1},"outbound":{"ADMA":{"provisioned-add-flow":1,"provisioned-disconnect":1}}}',NULL,0);
INSERT INTO step VALUES(7,3,'ADMA','Export','2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z','success','',13,NULL,'{"export":{"export-add":1,"export-delete":1}}',NULL,0);
INSERT INTO step VALUES(7,4,'ADMA','Delta Import (Stage Only)','2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z','stopped-ma','The management agent failed during the run; read the Application event log of the server.',14,NULL,'{}',NULL,0);
INSERT INTO step VALUES(8,1,'AADMA','Delta Import (Stage Only)','2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z','success','',14,NULL,'{"staging":{"stage-delete":3}}',NULL,0);
INSERT INTO step VALUES(8,2,'AADMA','Delta Synchronization','2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z','success','',15,NULL,'{"inbound":{"connector-delete-remove-mv":3},"outbound":{"ADMA":{"provisioned-disconnect":3}}}',NULL,0);
INSERT INTO step VALUES(8,3,'ADMA','Export',NULL,NULL,NULL,NULL,NULL,'the removal guard holds ADMA Export: 3 deletions wait for export, more than it allows (2, or 10 percent of the guests). Look at them and approve them with: mimhybrid approve removals',NULL,NULL,0);
CREATE TABLE cycle_decision (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycle (id) ON DELETE CASCADE,
    step     INTEGER NOT NULL,
    at       TEXT NOT NULL,
    text     TEXT NOT NULL
);
INSERT INTO cycle_decision VALUES(1,4,0,'2026-11-22T12:01:00.0000000Z','The agent ended in the middle of AADMA Delta Synchronization of cycle 3, and MIM goes on without it: the run is looked for in MIM''s history.');
INSERT INTO cycle_decision VALUES(2,4,0,'2026-11-22T12:01:00.0000000Z','MIM''s history has it as run 6, success.');
INSERT INTO cycle_decision VALUES(3,4,3,'2026-11-22T12:01:00.0000000Z','The directory refused some objects; what it took is confirmed all the same.');
INSERT INTO cycle_decision VALUES(4,5,1,'2026-11-22T12:01:30.0000000Z','3 removals of guests pass the removal guard: CONTOSO\ada approved 3 removals of guests.');
INSERT INTO cycle_decision VALUES(5,5,3,'2026-11-22T12:01:30.0000000Z','3 deletions waiting for export to ADMA pass the removal guard: CONTOSO\ada approved 3 removals of guests.');
INSERT INTO cycle_decision VALUES(6,7,4,'2026-11-22T12:07:00.0000000Z','Trying again would change nothing; a person is needed.');
INSERT INTO cycle_decision VALUES(7,8,3,'2026-11-22T12:07:00.0000000Z','The removal guard holds the cycle; nothing runs until somebody approves.');
CREATE TABLE arrival (
    cycle_id         INTEGER PRIMARY KEY REFERENCES cycle (id) ON DELETE CASCADE,
    seen_added       INTEGER,
    seen_updated     INTEGER,
    seen_removed     INTEGER,
    expected_added   INTEGER,
    expected_updated INTEGER,
    expected_removed INTEGER,
    sure_added       INTEGER, -- of those expected, the ones that no earlier synchronization can have brought
    sure_removed     INTEGER,
    missing          INTEGER,
    explanation      TEXT
);
INSERT INTO arrival VALUES(1,0,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO arrival VALUES(2,20,0,0,20,0,0,20,0,0,NULL);
INSERT INTO arrival VALUES(3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO arrival VALUES(4,0,0,0,1,0,0,0,0,0,'1 may have come with an earlier synchronization');
INSERT INTO arrival VALUES(5,0,0,3,0,0,3,0,0,0,NULL);
INSERT INTO arrival VALUES(6,0,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO arrival VALUES(7,1,0,1,1,0,1,1,0,0,NULL);
INSERT INTO arrival VALUES(8,0,0,3,1,0,1,0,0,0,'2 may have come with an earlier synchronization');
CREATE TABLE forced_request (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    sequence     TEXT,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    past_window  INTEGER NOT NULL,
    cycle_id     INTEGER REFERENCES cycle (id),
    withdrawn_at TEXT
);
INSERT INTO forced_request VALUES(1,'Full','ada','2026-11-22T12:06:30.0000000Z',0,6,NULL);
INSERT INTO forced_request VALUES(2,'ChangeDriven','ada','2026-11-22T12:07:00.0000000Z',0,8,NULL);
INSERT INTO forced_request VALUES(3,'ChangeDriven','CONTOSO\eve','2026-11-22T12:07:00.0000000Z',0,NULL,NULL);
INSERT INTO forced_request VALUES(4,NULL,'CONTOSO\eve','2026-11-22T12:07:00.0000000Z',1,NULL,'2026-11-22T12:07:00.0000000Z');
CREATE TABLE removal_approval (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    approved_by    TEXT NOT NULL,
    approved_at    TEXT NOT NULL,
    through_change INTEGER NOT NULL,
    after_cycle    INTEGER NOT NULL,
    removals       INTEGER NOT NULL,
    staged_deletes INTEGER NOT NULL,
    export_deletes INTEGER NOT NULL
, staged_on TEXT, export_on TEXT);
INSERT INTO removal_approval VALUES(1,'CONTOSO\ada','2026-11-22T12:01:00.0000000Z',24,4,3,0,0,NULL,NULL);
INSERT INTO removal_approval VALUES(2,'CONTOSO\ada','2026-11-22T12:07:00.0000000Z',30,8,4,0,3,NULL,'ADMA');
CREATE TABLE poll (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    attempted_at  TEXT NOT NULL,
    succeeded_at  TEXT,
    failing_since TEXT,
    failures      INTEGER NOT NULL,
    error         TEXT,
    waiting_for   TEXT
);
INSERT INTO poll VALUES(1,'2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z',NULL,0,NULL,NULL);
CREATE TABLE decision (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    action     TEXT NOT NULL CHECK (action IN ('Run', 'Wait', 'Hold')),
    at         TEXT,
    reason     TEXT NOT NULL,
    decided_at TEXT NOT NULL
);
INSERT INTO decision VALUES(1,'Run','2026-11-22T12:07:00.0000000Z','ForcedRun runs ChangeDriven: forced by CONTOSO\eve','2026-11-22T12:07:00.0000000Z');
CREATE TABLE holder (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    process_id INTEGER NOT NULL,
    account    TEXT NOT NULL,
    started_at TEXT NOT NULL
);
INSERT INTO holder VALUES(1,4711,'CONTOSO\svc-mimhybrid','2026-11-22T12:00:00.0000000Z');
CREATE TABLE credential (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    kind       TEXT NOT NULL,
    expires_at TEXT,
    warn_from  TEXT
);
INSERT INTO credential VALUES(1,'ClientSecret',NULL,NULL);
CREATE TABLE ignored_change (
    reason  TEXT PRIMARY KEY,
    count   INTEGER NOT NULL,
    last_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE folder (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    tenant TEXT NOT NULL
);
INSERT INTO folder VALUES(1,'sandbox');
CREATE TABLE held_reading (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    known         INTEGER NOT NULL,
    vanished      INTEGER NOT NULL,
    retry_at      TEXT NOT NULL,
    pause_seconds INTEGER NOT NULL
);
CREATE TABLE held_guest (
    id TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE resync (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    allowed_from  TEXT NOT NULL,
    pause_seconds INTEGER NOT NULL
);
CREATE TABLE drift (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    reconciled_at   TEXT NOT NULL,
    counted_at      TEXT NOT NULL,
    disagreements   INTEGER NOT NULL DEFAULT 0,
    counted         INTEGER,
    accepted_offset INTEGER NOT NULL DEFAULT 0
);
INSERT INTO drift VALUES(1,'2026-11-22T12:00:00.0000000Z','2026-11-22T12:00:00.0000000Z',0,NULL,0);
CREATE TABLE run_history_cleanup (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    asked_at TEXT NOT NULL
, cleared_through TEXT, goes_on INTEGER NOT NULL DEFAULT 0);
INSERT INTO run_history_cleanup VALUES(1,'2026-11-21T12:07:00.0000000Z','2026-10-22T12:07:00.0000000Z',1);
CREATE TABLE stop_request (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    withdrawn_at TEXT
);
INSERT INTO stop_request VALUES(1,'CONTOSO\eve','2026-11-22T12:07:00.0000000Z','2026-11-22T12:07:00.0000000Z');
CREATE TABLE approval_spent (
    kind             TEXT NOT NULL CHECK (kind IN ('Synchronization', 'Export')),
    management_agent TEXT NOT NULL COLLATE NOCASE,
    approval_id      INTEGER NOT NULL REFERENCES removal_approval (id),
    cycle_id         INTEGER NOT NULL REFERENCES cycle (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, management_agent)
) WITHOUT ROWID;
INSERT INTO approval_spent VALUES('Export','ADMA',1,5);
INSERT INTO approval_spent VALUES('Synchronization','AADMA',1,5);
INSERT INTO approval_spent VALUES('Synchronization','ADMA',1,5);
CREATE TABLE unconfirmed_export (
    management_agent TEXT PRIMARY KEY COLLATE NOCASE,
    deletes          INTEGER NOT NULL,
    imported         INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
INSERT INTO unconfirmed_export VALUES('ADMA',1,0);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('change',30);
INSERT INTO sqlite_sequence VALUES('cycle',8);
INSERT INTO sqlite_sequence VALUES('cycle_decision',7);
INSERT INTO sqlite_sequence VALUES('removal_approval',2);
INSERT INTO sqlite_sequence VALUES('forced_request',4);
INSERT INTO sqlite_sequence VALUES('stop_request',1);
CREATE INDEX change_pending ON change (seq) WHERE carried_by IS NULL;
CREATE INDEX change_guest ON change (guest_id, seq);
CREATE INDEX change_carried ON change (carried_by) WHERE carried_by IS NOT NULL;
CREATE INDEX cycle_outcome ON cycle (outcome, sequence, id);
CREATE INDEX cycle_decision_of ON cycle_decision (cycle_id);
CREATE INDEX forced_request_open ON forced_request (id) WHERE cycle_id IS NULL AND withdrawn_at IS NULL;
COMMIT;
