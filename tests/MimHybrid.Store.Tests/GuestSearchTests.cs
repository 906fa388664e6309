using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store.Tests;

/// <summary>What the store keeps beside its rows so that it does not slow down with the years says what the rows say.</summary>
public sealed class GuestSearchTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlannedStep Import = new(1, "AADMA", "Delta Import (Stage Only)", StepKind.Import);
    private static readonly string[] Names = ["Lena Brandt", "Özlem Ａｋ", "Ada\nLovelace", "Zoë", "Bea Feed", "\u212bngström"];
    private static readonly string[] Texts = ["LENA", "özlem a", "ozlem a", "fabrikam", "ada", "bea", "-4000-8000-", "0000", "0000ADA00", "Ångström", "angstrom", "ë\tz", "7@", "nobody"];

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-search-").FullName;

    [Fact]
    public void A_search_finds_the_cycles_that_a_look_at_each_would_find() => Gen.Int[0, 99].Array[5, 60].Sample(
        deeds =>
        {
            var data = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
            using var store = AgentStore.Open(data);
            for (var number = 0; number < deeds.Length; number++) Do(store, deeds[number], number);
            Compare(store);
        },
        iter: 15, threads: 1);

    [Fact]
    public void More_changes_than_a_block_holds_are_found_each_in_its_own_cycle()
    {
        using var store = AgentStore.Open(folder);
        for (var number = 0; number < 70; number++)
        {
            Invite(store, number, count: 1);
            Cycle(store, CycleOutcome.Succeeded, number);
        }

        Assert.All(Enumerable.Range(0, 70), number => Assert.Equal([number + 1L], Find(store.Reader, $"guest-{number}@")));
        Assert.Equal([69L, 70L], store.Reader.ReadLog(new RunLogQuery { Guest = "GUEST-", Last = 2 }).Select(cycle => cycle.Id));
        store.Cycles.TrimRunLog(Noon.AddMinutes(35), 50);
        Assert.Equal([36L], Find(store.Reader, "guest-35@"));
        Assert.Empty(Find(store.Reader, "guest-34@"));
        Compare(store);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void A_store_of_an_older_version_is_searched_and_counted_as_one_that_grew(int version)
    {
        using (var connection = new SqliteConnection($"Data Source={StoreAccess.PathIn(folder)};Pooling=false"))
        {
            connection.Open();
            Migrator.Make(connection, version);
            connection.Run(
                $"""
                INSERT INTO guest SELECT printf('g%d', n), iif(n % 5, 'Live', 'SoftDeleted'), 'd', 'n', 'm', '2026-11-22T12:00:00.0000000Z' FROM {Numbers};
                INSERT INTO cycle (id, function, trigger, sequence, reason, after_change, through_change, started_at, ended_at, outcome)
                SELECT n, 'GuestChanges', 'GraphDelta', 'ChangeDriven', 'r', n - 1, n, '2026-11-22T12:00:00.0000000Z', '2026-11-22T12:00:00.0000000Z', 'Succeeded'
                FROM {Numbers};
                INSERT INTO change (seq, guest_id, kind, name, mail, detected_at, carried_by)
                SELECT n, printf('g%d', n), 'Added', 'Özlem ' || n, NULL, '2026-11-22T12:00:00.0000000Z', n FROM {Numbers} WHERE n <> 40;
                PRAGMA user_version = {version}
                """);
        }

        var steps = new Steps();
        using var store = AgentStore.Open(folder, migrating: steps);
        Assert.Equal([77L], Find(store.Reader, "ÖZLEM 77"));
        Assert.Empty(Find(store.Reader, "özlem 40"));
        Assert.Equal(80, store.Reader.CountLiveGuests());
        Assert.Equal(Enumerable.Range(1, steps.Told.Count), steps.Told.Select(step => step.Step));
        Assert.All(steps.Told, step => Assert.Equal((version, steps.Told.Count), (step.From, step.Steps)));
        Assert.Equal(Noon, Assert.Single(store.Reader.ReadSnapshot(Noon).LastSuccess).Value);

        Invite(store, 500, count: 1); // goes on in the last block
        Cycle(store, CycleOutcome.Succeeded, 500);
        Assert.Equal([101L], Find(store.Reader, "guest-500"));
        Assert.Equal([100L], Find(store.Reader, "özlem 100"));
    }

    /// <summary>Whoever looks for a guest has heard the name on the telephone, or copied it from a mail.</summary>
    [Theory]
    [InlineData("Núñez", "nunez")]
    [InlineData("Nu\u0301n\u0303ez", "Núñez")]
    [InlineData("Nunez", "Nu\u0301n\u0303ez")]
    [InlineData("Łukasz Øre", "lukasz ore")]
    [InlineData("Jens Großmann", "GROSSMANN")]
    [InlineData("Дмитрий Щербаков", "dmitriy")]
    [InlineData("Дмитрий Щербаков", "щерб")]
    [InlineData("Γιώργος", "giorgos")]
    [InlineData("Siobhán O’Brien", "siobhan o'brien")]
    [InlineData("ヤマダ", "ﾔﾏ")]
    [InlineData("山田 太郎", "山田")]
    [InlineData("Ada\u00a0Lovelace", "ada lovelace")]
    [InlineData("\u200fAda", "ada\t")]
    [InlineData("Ada \ue000", "\ue000")]
    public void A_guest_is_found_by_the_plain_letters_of_the_name(string name, string text)
    {
        using var store = AgentStore.Open(folder);
        string[] names = ["Line\u2028Separator\u2029", name, "Bea Feed"];
        store.Guests.CommitRound(Round(1) with
        {
            Remembered = [.. names.Select((each, number) => new Guest(Id(0, number), GuestState.Live, "d", each, null, Noon))],
            Changes = [.. names.Select((each, number) => new GuestChange(Id(9, number), ChangeKind.Added, each, null, Noon))],
        });

        Assert.Equal([Id(0, 1), Id(9, 1)], store.Reader.FindGuests(text, 9));
        Assert.Equal([Id(0, 2), Id(9, 2)], store.Reader.FindGuests("feed", 9));
    }

    /// <summary>As the program wrote them that had them first.</summary>
    [Fact]
    public void Texts_in_which_accents_counted_are_written_anew()
    {
        using (var connection = new SqliteConnection($"Data Source={StoreAccess.PathIn(folder)};Pooling=false"))
        {
            connection.Open();
            Migrator.Make(connection, 19);
            connection.Run(
                """
                INSERT INTO guest VALUES ('g1', 'Live', 'd', 'Özlem', NULL, '2026-11-22T12:00:00.0000000Z');
                INSERT INTO guest_people VALUES ('g1', CAST('ÖZLEM' || char(9, 10) AS BLOB));
                INSERT INTO change (seq, guest_id, kind, name, mail, detected_at) VALUES (1, 'g2', 'Added', 'Zoë', NULL, '2026-11-22T12:00:00.0000000Z');
                INSERT INTO change_people VALUES (0, CAST(char(10) || 'ZOË' || char(9, 10) AS BLOB));
                INSERT INTO change_ids VALUES (0, CAST(char(10) || 'G2' || char(10) AS BLOB));
                PRAGMA user_version = 19
                """);
        }

        using var store = AgentStore.Open(folder);
        Assert.Equal(["g1"], store.Reader.FindGuests("ozlem", 9));
        Assert.Equal(["g2"], store.Reader.FindGuests("zoe", 9));
    }

    /// <summary>Rows of guests are then written by one statement, and not by those of a round.</summary>
    [Fact]
    public void Guests_are_found_by_what_a_baseline_read_of_them()
    {
        using var store = AgentStore.Open(folder);
        Guest[] guests = [.. Names.Select((name, number) => new Guest(Id(number, 0), GuestState.Live, "d", name, $"{number}@x", Noon))];
        store.Guests.CommitRound(Round(1) with { Remembered = guests });
        Assert.Equal(Id(2, 0), Assert.Single(store.Reader.ReadGuestsNamed("Ada\nLovelace")).Id);
        Assert.Equal(6, store.Reader.FindGuests("", 10).Count);

        var read = new BaselinePage { Fingerprint = "f", ReadAt = Noon, Users = 2, Guests = [guests[0] with { Name = "Lena Renamed", Digest = "e" }, guests[1] with { Id = "z", Name = "new" }] };
        store.Guests.CompleteBaseline(read, new DeltaCursor("2", "f", Noon));

        Assert.Equal([Id(0, 0)], store.Reader.FindGuests("renamed", 2));
        Assert.Equal(["z"], store.Reader.FindGuests("NEW", 2));
        Assert.Empty(store.Reader.ReadGuestsNamed("Lena Brandt"));
        Assert.Empty(store.Reader.ReadGuestsNamed("Zoë"));
    }

    [Fact]
    public void What_a_crash_takes_back_of_a_round_is_not_found()
    {
        using (var store = AgentStore.Open(folder))
        {
            store.Committing = () => throw new InvalidOperationException("the plug");
            Assert.Throws<InvalidOperationException>(() => Invite(store, 1, count: 3));
        }

        using var again = AgentStore.Open(folder);
        Cycle(again, CycleOutcome.Succeeded, 1);
        Assert.Empty(Find(again.Reader, "guest"));
        Assert.Equal(0, again.Reader.CountLiveGuests());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private const string Numbers =
        "(WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100) SELECT n FROM number)";

    private static void Do(AgentStore store, int deed, int number)
    {
        if (deed < 45) Invite(store, number, count: 1 + (deed % 40));
        else if (deed < 75) Cycle(store, CycleOutcome.Succeeded, number);
        else if (deed < 90) Cycle(store, CycleOutcome.Failed, number);
        else if (deed < 93) store.Guests.CommitRound(Round(number) with { Forgotten = [Id(number - 1, 0)] });
        else if (deed < 95) store.Guests.CommitRound(Round(number) with { Remembered = [new Guest(Id(number - 2, 1), GuestState.SoftDeleted, "d", "Renamed Feed", "m", Noon)] });
        else store.Cycles.TrimRunLog(Noon.AddMinutes(number - 10), 3);
    }

    private static void Invite(AgentStore store, int number, int count)
    {
        var changes = Enumerable.Range(0, count)
            .Select(each => new GuestChange(Id(number, each), ChangeKind.Added, Names[(number + each) % Names.Length], $"guest-{number}@{each}.fabrikam.example", Noon))
            .ToList();
        store.Guests.CommitRound(Round(number) with
        {
            Changes = changes,
            Remembered = [.. changes.Select(change => new Guest(change.Id, GuestState.Live, "d", change.Name, change.Mail, Noon))],
        });
    }

    private static void Cycle(AgentStore store, CycleOutcome outcome, int number)
    {
        var at = Noon.AddMinutes(number);
        var cycle = store.Cycles.BeginCycle(new CycleStart("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "r", null), at);
        store.Cycles.BeginStep(cycle, Import, firstImport: true, at);
        store.Cycles.EndCycle(cycle, new CycleEnd(outcome, outcome == CycleOutcome.Succeeded ? null : "why"), at);
    }

    private static DeltaRound Round(int number) => new() { Cursor = new DeltaCursor($"{number}", "f", Noon) };

    private static string Id(int number, int each) => $"{number:x8}-{each:x4}-4000-8000-0000000ada{each:x2}";

    private static IEnumerable<long> Find(AgentReader reader, string guest) => reader.ReadLog(new RunLogQuery { Guest = guest }).Select(cycle => cycle.Id);

    private static void Compare(AgentStore store)
    {
        var all = store.Reader.ReadLog(new RunLogQuery()).ToList();
        foreach (var text in Texts)
        {
            var expected = all.Where(cycle => cycle.Changes.Any(change => Has(change, text))).Select(cycle => cycle.Id).ToList();
            Assert.Equal(expected, Find(store.Reader, text));
            Assert.Equal(expected.TakeLast(2), store.Reader.ReadLog(new RunLogQuery { Guest = text, Last = 2 }).Select(cycle => cycle.Id));
        }

        using var connection = new SqliteConnection($"Data Source={store.Path};Pooling=false");
        connection.Open();
        var known = connection.Sql($"SELECT {GuestSql.Columns} FROM guest").Rows(GuestSql.Read);
        var told = all.SelectMany(cycle => cycle.Changes).ToList();
        foreach (var text in Texts)
            Assert.Equal(
                known.Where(guest => Has(guest.Id, guest.Name, guest.Mail, text)).Select(guest => guest.Id)
                    .Union(Pending(connection).Concat(told).Where(change => Has(change, text)).Select(change => change.Id)).Order(StringComparer.Ordinal),
                store.Reader.FindGuests(text, int.MaxValue).Order(StringComparer.Ordinal));
        Assert.Equal(connection.Number("SELECT count(*) FROM guest WHERE state = 'Live'"), store.Reader.CountLiveGuests());
    }

    private static List<GuestChange> Pending(SqliteConnection connection) =>
        connection.Sql($"SELECT {ChangeSql.Columns} FROM change WHERE carried_by IS NULL").Rows(ChangeSql.Read);

    private static bool Has(GuestChange change, string text) => Has(change.Id, change.Name, change.Mail, text);

    /// <summary>A short text is sought in names and mails alone: it is part of too many ids.</summary>
    private static bool Has(string id, string? name, string? mail, string text) =>
        new[] { text.Length >= 8 && text.All(letter => char.IsAsciiHexDigit(letter) || letter == '-') ? id : "", name, mail }
            .Any(value => Plain(value!).Contains(Plain(text), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string text) =>
        new([.. text.Normalize(NormalizationForm.FormKD).Where(letter => char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)]);

    private sealed class Steps : IProgress<StoreMigration>
    {
        public List<StoreMigration> Told { get; } = [];

        public void Report(StoreMigration value) => Told.Add(value);
    }
}
