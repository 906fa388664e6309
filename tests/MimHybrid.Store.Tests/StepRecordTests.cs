using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

/// <summary>What a step counted and what failed in it, from the run to the reader.</summary>
public sealed class StepRecordTests : StoreTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly StepCounters Counted = new()
    {
        Staging = new() { ["stage-update"] = 1, ["stage-add"] = 3_000_000_000 },
        Outbound = new() { ["ADMA"] = new() { ["provisioned-add-flow"] = 1 }, ["Ömer's"] = new() { ["connector-flow"] = 2 } },
    };

    private static readonly StepError[] Failed =
    [
        new("CN=Lena,OU=Guests", "permission-issue", "8344 Insufficient access rights.", Noon.AddTicks(1_234_567), 2),
        new("", "unexpected-error", "", null, 0),
    ];

    private readonly long cycle;

    public StepRecordTests()
    {
        cycle = Store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "a test", null), Noon);
        Run(1);
        Run(2);
    }

    [Fact]
    public void Counters_and_errors_come_back_as_they_went_in()
    {
        var step = Steps()[0];
        Assert.Equal(
            [("staging", "stage-update 1, stage-add 3000000000"), ("outbound ADMA", "provisioned-add-flow 1"), ("outbound Ömer's", "connector-flow 2")],
            step.Counters!.Groups.Select(group => (group.Name, string.Join(", ", group.Counters.Select(counter => $"{counter.Key} {counter.Value}")))));
        Assert.Equal(Failed, step.Errors);
    }

    [Theory]
    [InlineData("""{"staging":{"stage-add":""")]
    [InlineData("""{"staging":{"stage-add":"many"}}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Damaged_counters_are_unknown_and_hide_nothing_else(string damaged)
    {
        Damage("counters", damaged);
        Assert.Null(Steps()[0].Counters);
        Assert.Equal((2, Failed.Length), (Steps()[0].Errors.Count, Steps()[1].Errors.Count));
        Assert.NotNull(Steps()[1].Counters);
    }

    [Theory]
    [InlineData("""[{"object":"CN=Lena" """)]
    [InlineData("""[{"object":"CN=Lena"}]""")]
    [InlineData("""[{"object":null,"type":"t","detail":"","firstOccurred":null,"retryCount":0}]""")]
    [InlineData("""[{"object":"","type":"t","detail":"","firstOccurred":"yesterday","retryCount":0}]""")]
    [InlineData("[null]")]
    public void Damaged_errors_are_counted_and_hide_nothing_else(string damaged)
    {
        Damage("errors", damaged);
        Assert.Empty(Steps()[0].Errors);
        Assert.Equal(7, Steps()[0].ErrorCount);
        Assert.NotNull(Steps()[0].Counters);
        Assert.Equal(Failed, Steps()[1].Errors);
    }

    private void Run(int position)
    {
        var step = new PlannedStep(position, "ADMA", "Export", StepKind.Export);
        Store.Cycles.BeginStep(cycle, step, firstImport: false, Noon);
        Store.Cycles.EndStep(cycle, new StepEnd(step, new StepRecord
        {
            Position = position,
            ManagementAgent = step.ManagementAgent,
            RunProfile = step.RunProfile,
            Counters = Counted,
            Errors = Failed,
            ErrorCount = 7,
        }));
    }

    private IReadOnlyList<StepRecord> Steps() => Store.Reader.ReadCycle(cycle)!.Steps;

    private void Damage(string column, string json)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Store.Path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            UPDATE step SET counters = iif($column = 'counters', $json, counters), errors = iif($column = 'errors', $json, errors) WHERE position = 1
            """;
        command.Parameters.AddWithValue("$column", column);
        command.Parameters.AddWithValue("$json", json);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
