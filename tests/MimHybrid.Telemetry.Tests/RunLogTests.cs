using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Telemetry;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;
using OpenTelemetry.Logs;

namespace MimHybrid.Telemetry.Tests;

/// <summary>Each cycle is one record, and it names nobody unless it may.</summary>
public sealed class RunLogTests
{
    private readonly List<LogRecord> records = [];

    [Fact]
    public async Task A_cycle_is_one_record_with_its_causes_its_steps_and_what_comes_next()
    {
        await using var world = await World.StartSettledAsync();
        Follow(world);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        var cycle = Assert.Single(await world.PollAndRunAsync());

        var record = Assert.Single(records);
        Assert.Equal(("mimhybrid.cycle", LogLevel.Information), (record.EventId.Name, record.LogLevel));
        Assert.Equal($"Cycle {cycle.Id}: GuestChanges ran ChangeDriven: succeeded", record.FormattedMessage);
        Assert.Equal(
            ("GuestChanges", "ChangeDriven", "succeeded", 1L, 0L, "1 guest change (1 added) pending"),
            (Of(record, "mimhybrid.function.name"), Of(record, "mimhybrid.sequence.name"), Of(record, "mimhybrid.cycle.outcome"), Of(record, "mimhybrid.cycle.changes.added"), Of(record, "mimhybrid.cycle.missing_guests"), Of(record, "mimhybrid.cycle.reason")));
        Assert.StartsWith("no guest changes pending", (string)Of(record, "mimhybrid.cycle.next")!, StringComparison.Ordinal);
        using var steps = JsonDocument.Parse((string)Of(record, "mimhybrid.cycle.steps")!);
        Assert.Equal(5, steps.RootElement.GetArrayLength());
        Assert.Equal(("ADMA", "Export", "success"), (
            steps.RootElement[2].GetProperty("managementAgent").GetString(), steps.RootElement[2].GetProperty("runProfile").GetString(), steps.RootElement[2].GetProperty("result").GetString()));
        Assert.Equal(1, steps.RootElement[2].GetProperty("counters").GetProperty("export").GetProperty("export-add").GetInt32());
    }

    [Fact]
    public async Task A_record_belongs_to_the_trace_of_its_cycle()
    {
        await using var world = await World.StartSettledAsync();
        using var heard = new Listening();
        Follow(world);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        var (record, cycle) = (Assert.Single(records), heard.Span("cycle ChangeDriven"));
        Assert.Equal((cycle.TraceId, cycle.SpanId), (record.TraceId, record.SpanId));
    }

    [Fact]
    public async Task Nobody_is_named_neither_guests_nor_who_forced_or_approved()
    {
        await using var world = await World.StartSettledAsync(settings => settings.RemovalGuard.Count = 0);
        Follow(world);
        await HappenAsync(world);

        Assert.Equal(2, records.Count);
        var said = string.Join('\n', records.Select(Text));
        Assert.Contains("somebody approved 1 removal of a guest", said, StringComparison.Ordinal);
        Assert.Contains("mimhybrid.cycle.reason=forced by somebody", said, StringComparison.Ordinal);
        Assert.All(["Lena", "lena@", "Brandt", "ada"], name => Assert.DoesNotContain(name, said, StringComparison.Ordinal));
    }

    /// <summary>The planner's next word names who forced it, and is sent with the cycle before.</summary>
    [Theory]
    [InlineData(false, "forced by somebody")]
    [InlineData(true, "forced by ada")]
    public async Task Nor_who_forced_the_next_run(bool personalData, string next)
    {
        await using var world = await World.StartSettledAsync();
        Follow(world, new TelemetrySettings { IncludePersonalData = personalData });
        world.Store.Requests.RequestForcedRun("ChangeDriven", "ada", pastWindow: false, world.Clock.GetUtcNow());
        world.Store.Requests.RequestForcedRun("Full", "ada", pastWindow: false, world.Clock.GetUtcNow());

        await world.RunAllAsync();

        Assert.Equal(next, Of(records[0], "mimhybrid.cycle.next"));
        Assert.Equal(personalData, string.Join('\n', records.Select(Text)).Contains("ada", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_a_word_too_is_left_out_where_it_is_a_name_alone()
    {
        await using var world = await World.StartSettledAsync(settings => settings.RemovalGuard.Count = 0);
        Follow(world);
        await HappenAsync(world, by: "guest");

        Assert.Contains(
            "1 removals of guests pass the removal guard: somebody approved 1 removal of a guest.",
            string.Join('\n', records.Select(Text)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nor_who_runs_something_else_in_mim()
    {
        await using var world = await World.StartSettledAsync();
        using var heard = new Listening();
        Follow(world);
        await MeetAnnaAsync(world);

        var said = string.Join('\n', records.Select(Text));
        Assert.Contains("'Export' ran on ADMA too (run 3, started by somebody). Nothing should run beside", said, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", said + heard.AllText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Where_the_setting_allows_it_they_are_named()
    {
        await using var world = await World.StartSettledAsync(settings => settings.RemovalGuard.Count = 0);
        Follow(world, new TelemetrySettings { IncludePersonalData = true });
        await HappenAsync(world);
        await MeetAnnaAsync(world);

        var said = string.Join('\n', records.Select(Text));
        Assert.All(["Lena Brandt", "lena@fabrikam.example", "mimhybrid.cycle.forced_by=ada", "ada approved 1 removal of a guest", @"started by SANDBOX\\anna"], name => Assert.Contains(name, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cycle_that_a_crash_cut_off_is_sent_by_the_next_agent()
    {
        await using var world = await World.StartSettledAsync();
        world.Store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "a test", null), world.Clock.GetUtcNow());
        Follow(world);
        world.Loop.AbandonRunningCycles();

        Assert.Equal(("abandoned", LogLevel.Warning), (Of(Assert.Single(records), "mimhybrid.cycle.outcome"), records[0].LogLevel));
    }

    [Fact]
    public void A_list_that_is_too_long_stays_json_and_says_that_there_was_more()
    {
        var steps = Enumerable.Range(1, 500).Select(position => new StepRecord { Position = position, ManagementAgent = "AADMA", RunProfile = "Delta Import (Stage Only)", Result = "success" }).ToList();
        var cycle = new CycleRecord
        {
            Id = 7,
            Function = "FallbackCycle",
            Trigger = TriggerKind.Timer,
            Sequence = "Full",
            Reason = "a test",
            StartedAt = DateTimeOffset.UnixEpoch,
            Outcome = CycleOutcome.Succeeded,
            Steps = steps,
        };
        var text = (string)CycleEvent.AttributesOf(cycle, withPersons: false).Single(attribute => attribute.Key == "mimhybrid.cycle.steps").Value!;

        Assert.InRange(text.Length, 8000, 8192);
        using var json = JsonDocument.Parse(text);
        Assert.True(json.RootElement[json.RootElement.GetArrayLength() - 1].GetProperty("more").GetBoolean());
    }

    private static async Task HappenAsync(World world, string by = "ada")
    {
        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        world.People.Delete(lena.Id);
        await world.PollAndRunAsync();
        world.Store.Requests.ApproveRemovals(by, world.Clock.GetUtcNow());
        await world.RunAllAsync();
        await world.ForceAsync();
    }

    /// <summary>She exports ADMA at the moment at which the agent synchronizes AADMA, and the agent's own export has to wait for hers.</summary>
    /// <summary>Her run is over when ours ends: while it goes on, MIM does not say whose it is.</summary>
    private static async Task MeetAnnaAsync(World world)
    {
        var hers = new ForeignRun("ADMA", "Export", TimeSpan.FromSeconds(4), @"SANDBOX\anna");
        world.Mim.Script.Plan("AADMA", "Delta Synchronization", new RunPlan { ReturnsEarlyBy = TimeSpan.FromSeconds(9), SlipsIn = hers });
        world.People.Invite("Max Vogel", "max@fabrikam.example");
        await Task.Run(world.PollAndRunAsync, TestContext.Current.CancellationToken);
    }

    private static object? Of(LogRecord record, string name) => record.Attributes!.Single(attribute => attribute.Key == name).Value;

    private static string Text(LogRecord record) => $"{record.FormattedMessage} {string.Join(' ', record.Attributes!.Select(attribute => $"{attribute.Key}={attribute.Value}"))}";

    private void Follow(World world, TelemetrySettings? settings = null)
    {
        var logs = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.AddInMemoryExporter(records);
        }));
        world.Loop.CycleEnded += new RunLogFeed(logs.CreateLogger("test"), settings ?? new TelemetrySettings(), NullLogger.Instance).Send;
    }
}
