using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>
/// What was read from the tenant: cursor, guests known, baseline in progress, changes. The only one that inserts changes; it knows nothing
/// of cycles.
/// </summary>
public sealed class GuestStore
{
    /// <summary>No guest is too young for a baseline to show, nor known since a time that a clock set back has yet to reach.</summary>
    private static readonly DateTimeOffset Everyone = DateTimeOffset.MaxValue;

    private readonly StoreFile file;
    private readonly WaitingCursor cursor;
    private readonly IReadOnlyCollection<ChangeKind> chosen;

    /// <param name="chosen">The kinds of change that start a cycle (the setting <c>On</c>).</param>
    internal GuestStore(StoreFile file, IReadOnlyCollection<ChangeKind> chosen) =>
        (this.file, this.chosen, cursor) = (file, chosen, new WaitingCursor(file));

    public DeltaCursor? ReadCursor() => cursor.Read();

    /// <summary>The cursor is dead or was made under other settings. The guests stay: the next baseline is compared with them.</summary>
    public void ForgetCursor() => cursor.Write(CursorSql.Forget);

    /// <summary>
    /// The cursor died: it is forgotten, and the next resynchronisation has to wait, or after a crash a dead cursor would wait.
    /// </summary>
    public void ForgetCursor(DateTimeOffset allowedFrom, TimeSpan pause) => cursor.Write(connection =>
    {
        CursorSql.SaveResync(connection, allowedFrom, pause);
        CursorSql.Forget(connection);
    });

    /// <summary>Before when the tenant is not read again although the cursor died, and how long the next pause is.</summary>
    public (DateTimeOffset AllowedFrom, TimeSpan Pause)? ReadResync() => file.Read(CursorSql.ReadResync);

    public void SaveResync(DateTimeOffset from, TimeSpan pause) =>
        cursor.Write(connection => CursorSql.SaveResync(connection, from, pause));

    /// <summary>
    /// Counts an answer that was neither passing nor a page, and returns how many in a row the link has had; kept also for a process that
    /// ends after each poll. A link that was accepted or given up takes its count with it.
    /// </summary>
    /// <param name="spacing">A refusal sooner after the last one counts as the same.</param>
    public Refusals CountRefusal(LinkHolder holder, DateTimeOffset now, TimeSpan spacing) =>
        cursor.Write(connection => CursorSql.CountRefusal(connection, holder, now, spacing));

    /// <inheritdoc cref="RefusedUserSql.Count"/>
    public Refusals CountRefusal(string user, DateTimeOffset now, TimeSpan spacing) =>
        cursor.Write(connection => RefusedUserSql.Count(connection, user, now, spacing));

    /// <summary>
    /// Serves whoever asked for a new baseline, and returns who did: cursor and baseline in progress are forgotten, the guests known stay.
    /// </summary>
    public string? ServeResync(DateTimeOffset now) => file.Read(CursorSql.ReadResyncAsker) is null // asked at each poll, so without a lock
        ? null
        : cursor.Write(connection => CursorSql.ServeResync(connection, now));

    /// <summary>Notes that a read by id did not find a user; returns when that was so first.</summary>
    public DateTimeOffset NoteMissed(string id, DateTimeOffset now) => cursor.Write(connection => GuestSql.NoteMissed(connection, id, now));

    /// <summary>What was contradictory is settled.</summary>
    public void ForgetMissed() => cursor.Write(GuestSql.ForgetMissed);

    /// <summary>What the pages of the baseline in progress have said of these users; members aside.</summary>
    public IReadOnlyDictionary<string, BaselineUser> FindInBaseline(IReadOnlyCollection<string> ids) =>
        file.Read(connection => BaselineSql.FindSeen(connection, ids));

    /// <summary>Those of the given ids that are known guests, live or soft-deleted.</summary>
    public IReadOnlyDictionary<string, Guest> FindGuests(IReadOnlyCollection<string> ids) => file.Read(known => GuestSql.Find(known, ids));

    public long CountLiveGuests() => file.Read(GuestSql.CountLive);

    /// <summary>
    /// Commits a whole round, guests, changes and the new cursor, in one transaction: after a crash either all of it happened or nothing.
    /// The cursor of a round without any news is kept in mind until something else is written.
    /// </summary>
    public CommittedChanges CommitRound(DeltaRound round)
    {
        if (round.HasNews) return CommitNews(round);
        cursor.Keep(round.Cursor);
        return CommittedChanges.None;
    }

    private CommittedChanges CommitNews(DeltaRound round) => cursor.Write(connection =>
    {
        GuestSql.Apply(connection, round);

        // What a round shows happened after the cursor it began with was obtained, and MIM may have seen it in the meantime.
        var found = ChangeSql.Insert(connection, round.Changes, chosen, "(SELECT after_cycle FROM watch)");
        CursorSql.Set(connection, round.Cursor, CursorSql.LastEndedCycle);
        return ChangeSql.Tally(connection, found, chosen, round.Ignored, round.Cursor.ObtainedAt);
    });

    /// <summary>The baseline in progress, or null.</summary>
    public Baseline? ReadBaseline() => file.Read(BaselineSql.Read);

    /// <summary>Begins a baseline by list, in place of any other. A crash after this goes on with the same delta link.</summary>
    public void BeginGuestList(Baseline beginning) => cursor.Write(connection => BaselineSql.Begin(connection, beginning));

    /// <summary>The list's page token died: its pages are read again from the first, on top of the same delta link.</summary>
    public Baseline RestartGuestList(string firstLink) => cursor.Write(connection => BaselineSql.Restart(connection, firstLink));

    /// <summary>Keeps a page that is not the last: a crash after this goes on at <paramref name="nextLink"/>.</summary>
    public Baseline CommitBaselinePage(BaselinePage page, string nextLink) => cursor.Write(connection =>
    {
        BaselineSql.KeepPage(connection, page, nextLink);
        return BaselineSql.Read(connection)!;
    });

    /// <summary>
    /// The last page: the shadow table becomes the guests, and whoever is new, different or missing a pending change, all with the cursor.
    /// </summary>
    /// <param name="lastPage">The page with the delta link, or the list's last.</param>
    /// <param name="start">Where the rounds start.</param>
    /// <param name="brake">When a baseline is not believed; null believes all.</param>
    public BaselineResult CompleteBaseline(BaselinePage lastPage, DeltaCursor start, BaselineBrake? brake = null) =>
        cursor.Write(connection =>
    {
        BaselineSql.StagePage(connection, lastPage);
        var users = connection.Number("SELECT users FROM baseline") + lastPage.Users;
        if (brake is not null && BrakeSql.Judge(connection, brake, Everyone, lastPage.ReadAt) is { } held)
        {
            BaselineSql.Clear(connection);
            return new BaselineResult(users, held.Known - held.Vanished, CommittedChanges.None) { Held = held };
        }

        // Nobody knows when they happened: MIM may have seen them before.
        var found = ChangeSql.Insert(connection, BaselineSql.Differences(connection, lastPage.ReadAt), chosen, "NULL");
        var changes = ChangeSql.Tally(connection, found, chosen, [], lastPage.ReadAt);
        var left = BaselineSql.CountLeft(connection);
        BaselineSql.TakeOver(connection, lastPage.ReadAt);
        var guests = connection.Number("SELECT count(*) FROM baseline_guest");
        CursorSql.Set(connection, start, $"coalesce((SELECT after_cycle FROM baseline), {CursorSql.LastEndedCycle})");
        BaselineSql.Clear(connection);
        DriftSql.Save(connection, DriftState.ComparedAt(lastPage.ReadAt));
        return new BaselineResult(users, guests, changes) { NoLongerCounted = left };
    });

    /// <summary>The page token died or the settings changed: the next baseline starts at the first page.</summary>
    public void AbandonBaseline() => cursor.Write(BaselineSql.Clear);

    /// <summary>The last baseline that was not believed; null when there is none, or another one has settled it.</summary>
    public DoubtedBaseline? ReadDoubtedBaseline() => file.Read(BrakeSql.Read);

    /// <summary>Judges the guests found by a list that was read to compare: null when it can be believed.</summary>
    /// <param name="brake">When not to believe it.</param>
    /// <param name="settledBefore">Guests younger than this may be missing, because lists lag behind; UTC.</param>
    /// <param name="now">UTC.</param>
    public DoubtedBaseline? Judge(BaselineBrake brake, DateTimeOffset settledBefore, DateTimeOffset now) =>
        cursor.Write(connection => BrakeSql.Judge(connection, brake, settledBefore, now));

    /// <summary>Null before the tenant was read for the first time.</summary>
    public DriftState? ReadDrift() => file.Read(DriftSql.Read);

    public void SaveDrift(DriftState state) => cursor.Write(connection => DriftSql.Save(connection, state));

    /// <summary>All guests on whom list and memory differ, but those who came or went so lately that the list may not know.</summary>
    public IReadOnlyList<GuestDifference> FindDifferences(DateTimeOffset settledBefore) =>
        file.Read(connection => DriftSql.FindDifferences(connection, settledBefore));

    /// <summary>
    /// The end of a comparison: what it found becomes guests and pending changes, in one transaction; the cursor stays. What Graph
    /// counts differently although nothing more was found is accepted from now on.
    /// </summary>
    public CommittedChanges FinishReconcile(DeltaRound findings, DateTimeOffset now) => cursor.Write(connection =>
    {
        GuestSql.Apply(connection, findings);
        var found = ChangeSql.Insert(connection, findings.Changes, chosen, "NULL"); // delta never told of them: they may be old
        BaselineSql.Clear(connection);
        DriftSql.AcceptOffset(connection, now);
        return ChangeSql.Tally(connection, found, chosen, findings.Ignored, findings.Cursor.ObtainedAt);
    });

    public PollHealth? ReadPollHealth() => file.Read(PollSql.Read);

    /// <param name="now">UTC.</param>
    /// <param name="next">The next poll, UTC, which is the loop's sign of life in the same transaction; null where nobody polls on.</param>
    public void RecordPollSuccess(DateTimeOffset now, DateTimeOffset? next = null) =>
        cursor.Write(connection => PollSql.RecordSuccess(connection, now, next));

    /// <summary>A poll that was good as far as it came: neither a success nor a failure, but something to show.</summary>
    public void RecordPollWait(string waitingFor, DateTimeOffset now, DateTimeOffset? next) =>
        cursor.Write(connection => PollSql.RecordWait(connection, waitingFor, now, next));

    public void RecordPollFailure(string error, DateTimeOffset now, DateTimeOffset? next = null) =>
        cursor.Write(connection => PollSql.RecordFailure(connection, error, now, next));

    /// <summary>The loop that polls gives a sign of life, while a poll lasts.</summary>
    public void Beat(DateTimeOffset now, DateTimeOffset next) => cursor.Write(connection => PollSql.Beat(connection, now, next));

    /// <summary>What the running agent signs in with, for whoever asks from another process.</summary>
    public void RecordCredential(CredentialNote credential) => cursor.Write(connection => PollSql.RecordCredential(connection, credential));
}
