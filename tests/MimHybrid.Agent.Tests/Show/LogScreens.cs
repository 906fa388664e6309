using System.Text;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>The run log as a list and as one cycle in full, approved word for word: in a pipe, at 80 columns and at 120.</summary>
public sealed class LogScreens
{
    private static readonly DateTimeOffset night = Scenes.Noon.AddHours(-14);

    private static StepRecord Export => new()
    {
        Position = 3,
        ManagementAgent = "ADMA",
        RunProfile = "Export",
        Result = "success",
        Counters = new StepCounters { Export = new() { ["export-add"] = 1 } },
    };

    public static IEnumerable<CycleRecord> Cycles()
    {
        yield return Scenes.Cycle(CycleOutcome.Succeeded, Export) with { Id = 1, StartedAt = night, EndedAt = night.AddSeconds(3) };
        for (var hour = 1; hour <= 11; hour++)
            yield return Quiet(hour + 1, night.AddHours(hour));
        yield return Scenes.Refused.LastCycle! with { Id = 13 };
        yield return Scenes.NoCredentials.LastCycle! with { Id = 14, EndedAt = Scenes.Noon.AddMinutes(3) };
        yield return Quiet(15, Scenes.Noon.AddMinutes(10));
        yield return Scenes.Cycle(CycleOutcome.Stopped) with
        {
            Id = 16,
            Trigger = TriggerKind.Command,
            ForcedBy = @"CONTOSO\anna",
            Changes = [.. Enumerable.Range(1, 12).Select(number => Scenes.Lena with { Id = $"{number}", Kind = ChangeKind.Removed })],
            Failure = "the removal guard holds AADMA Full Synchronization",
            StoppedBy = StoppedBy.RemovalGuard,
        };
        yield return Scenes.Cycle(CycleOutcome.Abandoned) with { Id = 17 };
        yield return Scenes.Cycle(CycleOutcome.Running) with { Id = 18, EndedAt = null };
    }

    [Fact]
    public Task The_list()
    {
        var text = new StringBuilder();
        foreach (var (name, width) in new (string, int?)[] { ("In a pipe", null), ("80 columns", 80), ("120 columns", 120) })
        {
            var table = new LogTable(TimeZoneInfo.Utc, width);
            string[] lines = [table.Head, .. LogRow.Fold(Cycles()).Select(table.Of)];
            Assert.All(lines, line => Assert.True(line.Length < (width ?? int.MaxValue), line));
            text.Append("# ").AppendLine(name).AppendLine().AppendJoin(Environment.NewLine, lines).AppendLine().AppendLine();
        }

        return Approved.MatchesAsync(text.ToString(), "log-list");
    }

    [Fact]
    public Task One_cycle() => Approved.MatchesAsync(Seen.Everywhere(new RunLogText(TimeZoneInfo.Utc).Of(FullOne())), "log-one-cycle");

    [Fact]
    public void A_name_that_is_a_formula_is_none_in_a_spreadsheet()
    {
        foreach (var name in new[] { "=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1" })
        {
            var line = LogCsv.Of(Scenes.Cycle(CycleOutcome.Succeeded) with { Changes = [Scenes.Lena with { Name = name, Mail = null }] });
            Assert.Contains($",'{Printable.Name(name)},", line, StringComparison.Ordinal);
        }

        Assert.Contains(",\"'=cmd|' /C calc'!A0, \"\"x\"\"\",", LogCsv.Of(
            Scenes.Cycle(CycleOutcome.Succeeded) with { Reason = "=cmd|' /C calc'!A0, \"x\"" }), StringComparison.Ordinal);
        Assert.Contains(",Özlem Kaya,", LogCsv.Of(
            Scenes.Cycle(CycleOutcome.Succeeded) with { Changes = [Scenes.Lena with { Name = "Özlem Kaya", Mail = null }] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90m", 1.5)]
    [InlineData("12h", 12)]
    [InlineData("2d", 48)]
    [InlineData("1.5D", 36)]
    public void Since_takes_a_span(string text, double hours) =>
        Assert.Equal(Scenes.Noon.AddHours(-hours), LogOptions.ParseTime(text, Scenes.Noon));

    [Theory]
    [InlineData("2w")]
    [InlineData("-2d")]
    [InlineData("0d")]
    [InlineData("d")]
    [InlineData("99999d")]
    [InlineData("yesterday")]
    public void What_is_neither_span_nor_time_is_refused(string text) => Assert.Null(LogOptions.ParseTime(text, Scenes.Noon));

    private static CycleRecord Quiet(long id, DateTimeOffset at) => Scenes.Cycle(CycleOutcome.Succeeded) with
    {
        Id = id,
        Function = "FallbackCycle",
        Trigger = TriggerKind.Timer,
        Sequence = "Fallback",
        StartedAt = at,
        EndedAt = at.AddSeconds(2),
        Changes = [],
    };

    private static CycleRecord FullOne()
    {
        var export = Scenes.Refused.LastCycle!.Steps[0];
        return Scenes.Refused.LastCycle! with
        {
            Changes = [Scenes.Lena, Scenes.Lena with { Id = "u2", Name = "Mateo Hoffmann", Mail = "mateo.hoffmann@fabrikam.example" }],
            Steps =
            [
                new StepRecord
                {
                    Position = 1,
                    ManagementAgent = "AADMA",
                    RunProfile = "Delta Import (Stage Only)",
                    Result = "success",
                    RunNumber = 3,
                    StartedAt = Scenes.Noon.AddSeconds(-160),
                    EndedAt = Scenes.Noon.AddSeconds(-159),
                    Counters = new StepCounters { Staging = new() { ["stage-add"] = 2, ["stage-no-change"] = 4 } },
                },
                new StepRecord
                {
                    Position = 2,
                    ManagementAgent = "AADMA",
                    RunProfile = "Delta Synchronization",
                    Result = "success",
                    RunNumber = 4,
                    Counters = new StepCounters
                    {
                        Inbound = new() { ["disconnector-projected-flow"] = 2, ["connector-no-flow"] = 4 },
                        Outbound = new() { ["ADMA"] = new() { ["provisioned-add-flow"] = 2, ["a-counter-of-2030"] = 1 } },
                    },
                },
                export with
                {
                    Advice = "The directory refused some objects; read each object's error in this run.",
                    Errors =
                    [
                        new StepError("CN=Mateo Hoffmann,OU=Guests,DC=contoso,DC=example", "permission-issue", "8344 Insufficient access rights.", null, 0),
                    ],
                },
                new StepRecord { Position = 4, ManagementAgent = "ADMA", RunProfile = "Delta Import (Stage Only)", Result = "success", EndedAt = Scenes.Noon },
                new StepRecord { Position = 5, ManagementAgent = "ADMA", RunProfile = "Delta Synchronization", SkippedBecause = "nothing staged" },
            ],
            NextDecision = "no guest changes pending; FallbackCycle is due at 13:00:00",
        };
    }
}
