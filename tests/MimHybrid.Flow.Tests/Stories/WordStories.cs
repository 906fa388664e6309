using System.Runtime.CompilerServices;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests.Stories;

/// <summary>
/// Each class of MIM's result words as an administrator reads it in the run log (MimHybrid.Mim/README.md#the-classes-of-result-words).
/// </summary>
public sealed class WordStories
{
    private const string DeltaImport = "Delta Import (Stage Only)";
    private const string DeltaSynchronization = "Delta Synchronization";

    [Fact]
    public Task Success() => TellAsync("Lena Brandt is invited", _ => { });

    [Fact]
    public Task Findings() => TellAsync(
        "Lena Brandt is invited; AADMA's synchronization ends as completed-sync-errors",
        script => script.Answer("AADMA", DeltaSynchronization, "completed-sync-errors"));

    [Fact]
    public Task Export_errors() => TellAsync(
        "Lena Brandt is invited; ADMA's account may not create her",
        script => script.RefuseExport(_ => true, new ExportFault("permission-issue", "8344", "Insufficient access rights to perform the operation.")));

    [Fact]
    public async Task Export_errors_until_an_export_takes_the_account()
    {
        await using var world = await World.StartSettledAsync();
        var told = new Story(world).Happens("Lena Brandt and Max Vogel are invited; ADMA's account may not create Lena");
        world.Refuse("Lena");
        world.People.Invite("Lena Brandt", "lena.brandt@fabrikam.example");
        world.People.Invite("Max Vogel", "max.vogel@fabrikam.example");
        await world.PollAndRunAsync();
        told.Tell().Show(StatusOf(world));

        told.Happens("an administrator grants the right; Ida Kern is invited");
        world.Mim.Script.Reset();
        world.People.Invite("Ida Kern", "ida.kern@fabrikam.example");
        await world.PollAndRunAsync();
        await Approved.MatchesAsync(told.Tell().Show(StatusOf(world)).ToString());
    }

    [Fact]
    public Task Discovery_errors() => TellAsync(
        "Lena Brandt is invited; AADMA cannot read every user",
        script => script.Answer("AADMA", DeltaImport, "completed-discovery-errors"));

    [Fact]
    public Task Still_running() => TellAsync(
        "Lena Brandt is invited; Execute of AADMA's synchronization returns a minute before its run ends",
        script => script.Plan("AADMA", DeltaSynchronization, new RunPlan { ReturnsEarlyBy = TimeSpan.FromSeconds(59) }));

    [Fact]
    public Task Try_again() => TellAsync("Lena Brandt is invited; SQL Server ends AADMA's synchronization twice to break a deadlock", script =>
    {
        script.Answer("AADMA", DeltaSynchronization, "stopped-deadlocked");
        script.Answer("AADMA", DeltaSynchronization, "stopped-deadlocked", nth: 2);
    });

    [Fact]
    public Task Try_again_in_vain() => TellAsync(
        "Lena Brandt is invited; AADMA cannot reach its directory, for hours",
        script => script.PlanEvery("AADMA", DeltaImport, new RunPlan { Result = "no-start-connection" }));

    [Fact]
    public Task Full_import_required() => TellAsync(
        "Lena Brandt is invited; MIM has lost AADMA's watermark",
        script => script.Answer("AADMA", DeltaImport, "no-start-full-import-required"));

    [Fact]
    public Task A_person_is_needed() => TellAsync(
        "Lena Brandt is invited; the password of AADMA's account is no longer right",
        script => script.PlanEvery("AADMA", DeltaImport, new RunPlan { Result = "no-start-credentials" }));

    [Fact]
    public Task A_person_stops_a_run() => TellAsync(
        "Lena Brandt is invited; somebody stops AADMA's synchronization in Synchronization Service Manager",
        script => script.Answer("AADMA", DeltaSynchronization, "stopped-user-termination-from-wmi-or-ui"));

    [Fact]
    public Task An_unknown_word() => TellAsync(
        "Lena Brandt is invited; AADMA's import ends with a word that nobody has listed",
        script => script.Answer("AADMA", DeltaImport, "stopped-on-a-whim"));

    [Fact]
    public Task Two_hundred_thousand_errors() => TellAsync(
        "Lena Brandt is invited; 200,000 objects cannot be exported",
        script => script.Plan("ADMA", "Export", new RunPlan { FailingObjects = 200_000 }));

    private static string StatusOf(World world)
    {
        var now = world.Clock.GetUtcNow();
        var reader = world.Store.Reader;
        var snapshot = reader.ReadSnapshot(now.AddDays(-1));
        var report = new StatusReport
        {
            Facts = MatterFacts.Read(reader, snapshot, now) with
            {
                Holder = new Holder(4711, @"CONTOSO\MIMSyncUser", now.AddHours(-1)),
                Next = reader.ReadDecision(),
            },
            Zone = TimeZoneInfo.Utc,
            Next = reader.ReadDecision()!,
            LastCycle = reader.ReadLastCycle(),
            CursorObtainedAt = reader.ReadCursorTime(),
        };
        return new StatusText(report).ToSheet(verbose: false).ToString();
    }

    private static async Task TellAsync(string what, Action<SyncServerScript> goWrong, [CallerMemberName] string story = "")
    {
        await using var world = await World.StartSettledAsync();
        var told = new Story(world).Happens(what);
        goWrong(world.Mim.Script);
        world.People.Invite("Lena Brandt", "lena.brandt@fabrikam.example");
        await Task.Run(world.PollAndRunAsync, TestContext.Current.CancellationToken);
        await Approved.MatchesAsync(told.Tell().ToString(), story);
    }
}
