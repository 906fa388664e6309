using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Matters;

/// <summary>What the agent finds out about itself, from the row to the matter and to its end.</summary>
public sealed class TroubleRowsTests : StoreTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly PlannedStep Import = new(1, "AADMA", "Delta Import", StepKind.Import);

    private int runNumber = 1;

    [Fact]
    public void An_agent_that_ends_again_and_again_is_told_until_it_lasts_for_an_hour()
    {
        foreach (var minutes in new[] { 50, 20, 10 }) Store.RecordStart(Noon.AddMinutes(-minutes));
        var own = Store.RecordStart(Noon.AddMinutes(-5));

        Assert.Equal(("agent/restarts", "The agent ended 3 times within the last hour without being asked to"), One(Noon));
        Assert.Null(One(Noon.AddMinutes(11)));
        Store.ForgetStart(own);
        Assert.Equal(3, Store.Reader.ReadStarts().Count);
    }

    [Fact]
    public void Starts_do_not_grow_without_bound()
    {
        for (var number = 0; number < 200; number++) Store.RecordStart(Noon);
        Assert.Equal(50, Store.Reader.ReadStarts().Count);
    }

    [Theory]
    [InlineData(1024L * 1024 * 1024, null)]
    [InlineData(1024L * 1024 * 1024 - 1, Severity.Warning)]
    [InlineData(50L * 1024 * 1024 - 1, Severity.Error)]
    public void A_disk_that_is_nearly_full_is_told_by_how_much_is_left(long free, Severity? severity) =>
        Assert.Equal(severity, OpenMatters.Of(Facts(Noon) with { FreeSpace = free }, TimeZoneInfo.Utc).SingleOrDefault(matter => matter.Id == "disk/data")?.Severity);

    [Fact]
    public void Telemetry_and_the_report_are_told_until_they_arrive()
    {
        Store.Alerts.Record(new Undelivered(DeliveryKind.Telemetry, "https://ingestion.example/", Noon.AddHours(-1), "it answers 403"));
        Store.Alerts.Record(new Undelivered(DeliveryKind.Telemetry, "https://ingestion.example/", Noon, "it does not answer"));
        Store.Alerts.Record(new Undelivered(DeliveryKind.Report, @"\\share\report.html", Noon, "access is denied"));

        Assert.Equal(
            [("delivery/telemetry", "Telemetry has not arrived since 11:00"), ("delivery/report", "The report has not been written since 12:00")],
            Open(Noon).Select(matter => (matter.Id, matter.Title)));
        Assert.Equal(["https://ingestion.example/: it does not answer."], Open(Noon)[0].Details);

        Store.Alerts.Forget(DeliveryKind.Telemetry, "https://ingestion.example/");
        Store.Alerts.Forget(DeliveryKind.Report, place: null);
        Assert.Empty(Open(Noon));
    }

    [Fact]
    public void A_channel_over_which_nothing_arrives_is_told_until_something_does_or_it_is_gone()
    {
        var message = AlertMessage.New("Mail:Admins", [], Noon.AddDays(-3));
        Store.Alerts.Commit([], _ => [message, message with { Key = "later" }]);
        var lost = Store.Alerts.FindDue(Noon)!;
        Store.Alerts.Record(lost with { GivenUpAt = Noon.AddDays(-1), Attempts = 50, Error = "The mail server does not answer." });

        Assert.Equal(("messages/Mail:Admins", "1 message over Mail:Admins never arrived, the first given up at 2026-11-25 12:00"), One(Noon));
        Assert.Empty(Open(Noon, channels: ["Webhook:Teams"]));

        Store.Alerts.Record(Store.Alerts.FindDue(Noon)! with { SentAt = Noon.AddHours(-1) });
        Assert.Empty(Open(Noon));
    }

    /// <summary>MIM counts: gaps between the agent's own runs are runs of others.</summary>
    [Fact]
    public void Another_scheduler_is_told_and_a_person_who_runs_a_few_profiles_is_not()
    {
        Run(foreign: 0, times: 5);
        Run(foreign: 3, times: 5);
        Assert.Empty(Open(Noon));

        Run(foreign: 1, times: 1);
        var matter = Assert.Single(Open(Noon));
        Assert.Equal(("others/runs", "Something else runs profiles on AADMA, again and again"), (matter.Id, matter.Title));
        Assert.Equal(["AADMA: 16 runs since 11:00 were not the agent's"], matter.Details);
        Assert.Empty(Open(Noon.AddDays(1)));
    }

    [Fact]
    public void Runs_of_the_agents_own_are_nobody_elses_though_their_numbers_are_not_known()
    {
        Run(foreign: 1, times: 20, cutOff: true);
        Run(foreign: 1, times: 20, decides: true);
        Assert.Empty(Open(Noon));
    }

    [Fact]
    public void What_is_usual_is_the_median_of_the_newest_good_runs()
    {
        foreach (var minutes in new[] { 1, 2, 3, 100, 4 }) RunFor(TimeSpan.FromMinutes(minutes));
        var cycle = Begin();
        Store.Cycles.BeginStep(cycle, Import, firstImport: false, Noon.AddMinutes(-30));

        Assert.Equal(new RunningStep("AADMA", "Delta Import", Noon.AddMinutes(-30), TimeSpan.FromMinutes(3)), Store.Reader.ReadRunningStep(Noon));
        Assert.Null(Store.Reader.ReadRunningStep(Noon.AddMinutes(-30)));
        Assert.Equal("run/AADMA/Delta Import", One(Noon)?.Id);
    }

    private void Run(int foreign, int times, bool cutOff = false, bool decides = false)
    {
        for (var time = 0; time < times; time++)
        {
            runNumber += foreign;
            RunFor(TimeSpan.FromMinutes(1), cutOff ? null : runNumber++, decides);
        }
    }

    private void RunFor(TimeSpan span, int? number = null, bool decides = false)
    {
        var cycle = Begin();
        var begun = Noon.AddHours(-1);
        Store.Cycles.BeginStep(cycle, Import, firstImport: false, begun);
        if (decides) Store.Cycles.NoteDecision(cycle, new CycleDecision(begun, 1, "It is tried again."));
        Store.Cycles.EndStep(cycle, new StepEnd(Import, new StepRecord
        {
            Position = 1,
            ManagementAgent = "AADMA",
            RunProfile = "Delta Import",
            StartedAt = begun,
            EndedAt = begun + span,
            Result = "success",
            RunNumber = number,
        }));
        Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), begun + span);
    }

    private long Begin() => Store.Cycles.BeginCycle(new CycleStart("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "a change", null), Noon.AddHours(-1));

    private (string Id, string Title)? One(DateTimeOffset now) => Open(now) switch
    {
        [] => null,
        var open => (Assert.Single(open).Id, open[0].Title),
    };

    private IReadOnlyList<OpenMatter> Open(DateTimeOffset now, string[]? channels = null) => OpenMatters.Of(Facts(now, channels), TimeZoneInfo.Utc);

    private MatterFacts Facts(DateTimeOffset now, string[]? channels = null) =>
        (MatterFacts.Read(Store.Reader, Store.Reader.ReadSnapshot(Noon.AddDays(-9)), now) with
        {
            Holder = new Holder(1, "svc", Noon.AddMinutes(-5)),
        }).With(new MatterLimits(new AgentSettings())
        {
            WithoutCycle = TimeSpan.FromDays(9),
            WithoutReading = TimeSpan.FromDays(9),
            LongestRun = TimeSpan.FromHours(12),
            Channels = channels ?? ["Mail:Admins"],
        });
}
