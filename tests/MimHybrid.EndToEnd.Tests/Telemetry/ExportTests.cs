using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MimHybrid.EndToEnd.Tests.Telemetry;

/// <summary>The executable with its telemetry on: what a collector gets, and what becomes of the agent when nobody is there to get it.</summary>
public sealed partial class ExportTests : IDisposable
{
    private const string Planted = "planted-5c1d-secret";
    private const string Key = "00000000-0000-0000-0000-0000000007a1";

    /// <summary>The files of <c>infra/queries</c>.</summary>
    private static readonly Dictionary<string, string> Queries = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.EndsWith(".kql", StringComparison.Ordinal)).ToDictionary(name => name, Read);

    /// <summary>Two of the exporters' own intervals do not fit.</summary>
    private static readonly TimeSpan BeforeTheSecondMinute = TimeSpan.FromSeconds(90);

    private readonly DataDirectory data = new();

    [Fact]
    public async Task A_collector_gets_metrics_traces_and_the_run_log_without_persons_and_secrets()
    {
        await using var collector = await Receiver.StartAsync();
        var (code, output) = await RunOnceAsync(Otlp(collector.Address + "/"), ("MIMHYBRID_Telemetry__OtlpHeaders", $"x-api-key={Planted}"));

        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains($"Telemetry goes to {collector.Address}", StringComparison.Ordinal));
        var (metrics, traces, logs) = (collector.SentTo("/v1/metrics"), collector.SentTo("/v1/traces"), collector.SentTo("/v1/logs"));
        Assert.All(
            ["mimhybrid.cycle.duration", "mimhybrid.step.duration", "mimhybrid.poll.duration", "mimhybrid.changes", "mimhybrid.change.pending.count", "mimhybrid.agent.held", "mimhybrid.cursor.age"],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.All(["cycle Full", "step AADMA Full Import (Stage Only)", "MIIS_ManagementAgent.Execute", "poll", "GET /users/delta"], name => Assert.Contains(name, traces, StringComparison.Ordinal));
        Assert.All(
            ["mimhybrid.cycle", "mimhybrid.cycle.steps", "WeeklyFull ran Full: succeeded"],
            name => Assert.Contains(name, logs, StringComparison.Ordinal));
        Assert.All([metrics, traces, logs], sent => Assert.Contains("mimhybrid", sent, StringComparison.Ordinal));
        Assert.All([metrics, traces, logs], sent => Assert.Contains(Environment.MachineName, sent, StringComparison.Ordinal));
        Assert.Contains(Planted, collector.HeadersOf("/v1/logs", "x-api-key"));

        var everything = metrics + traces + logs;
        Assert.Equal(12, data.Accounts().Count);
        Assert.All(data.Accounts(), name => Assert.DoesNotContain(name, everything, StringComparison.Ordinal));
        Assert.All(["token", ".example", Planted], secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Planted, string.Join('\n', output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Application_insights_gets_the_run_log_as_a_custom_event_and_each_name_in_the_table_where_the_queries_look_for_it()
    {
        await using var insights = await Receiver.StartAsync();
        var (code, output) = await RunOnceAsync(AzureMonitor(insights.Address));

        Assert.Equal(0, code);
        var sent = insights.SentTo("/v2.1/track") + "\n" + Kept();
        Assert.Contains("\"baseType\":\"EventData\",\"baseData\":{\"ver\":2,\"name\":\"mimhybrid.cycle\"", sent, StringComparison.Ordinal);
        Assert.Contains("\"baseType\":\"RequestData\"", sent, StringComparison.Ordinal);
        Assert.Contains("\"baseType\":\"RemoteDependencyData\"", sent, StringComparison.Ordinal);
        Assert.Contains($"\"ai.cloud.roleInstance\":\"{Environment.MachineName}\"", sent, StringComparison.Ordinal); // the queries' cloud_RoleInstance
        Assert.Contains("\"name\":\"mimhybrid.cycle.duration\"", sent, StringComparison.Ordinal);
        Assert.All(data.Accounts(), name => Assert.DoesNotContain(name, sent, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, string.Join('\n', output), StringComparison.Ordinal);
        Assert.Equal(TraceOf("RequestData", "\"name\":\"cycle Full\"", sent), TraceOf("EventData", "mimhybrid.cycle", sent));
        Assert.InRange(Queries.Count, 10, 30);
        var tables = new Tables(sent);
        Assert.All(Queries, query => LooksInTheRightTable(query.Key, query.Value, tables));
    }

    /// <summary>Alerts and the workbook are as fresh as the interval. The one that the exporters have by themselves is a minute.</summary>
    [Fact]
    public async Task Metrics_are_sent_at_the_interval_of_the_settings_to_both_destinations()
    {
        await using var receiver = await Receiver.StartAsync();
        using var agent = Mimhybrid.Start(
            ["run", "--sandbox", "--data", data.Path], Pace.Quiet, Pace.Fast, Otlp(receiver.Address), AzureMonitor(receiver.Address), ("MIMHYBRID_Telemetry__Interval", "00:00:01"));

        await Task.WhenAll(
            receiver.UntilAsync("/v1/metrics", "mimhybrid.agent.held", times: 2),
            receiver.UntilAsync("/v2.1/track", "mimhybrid.agent.held", times: 2)).WaitAsync(BeforeTheSecondMinute, TestContext.Current.CancellationToken);

        // What is sent in an interval is what infra/README.md#what-it-costs counts: whoever adds to it measures anew.
        var metrics = receiver.SentTo("/v2.1/track").Split('\n').Where(line => line.Contains("\"baseType\":\"MetricData\"", StringComparison.Ordinal)).ToList();
        Assert.InRange(metrics.Sum(line => line.Length) / metrics.Count(line => line.Contains("mimhybrid.agent.held", StringComparison.Ordinal)), 1, 15_000);
        agent.Interrupt();
        Assert.Equal(130, await agent.ExitAsync());
    }

    /// <summary>What the exporter still has on disk at the agent's end, and sends when the agent next starts.</summary>
    private string Kept() => string.Join(
        '\n',
        Directory.EnumerateFiles(Path.Combine(data.Path, "telemetry"), "*.blob*", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Fact]
    public async Task Where_nobody_listens_the_agent_says_so_once_and_runs_its_cycle_all_the_same()
    {
        var (code, output) = await RunOnceAsync(Otlp("http://127.0.0.1:1"), AzureMonitor("http://127.0.0.1:1"), ("MIMHYBRID_Telemetry__Interval", "00:00:01"));

        Assert.Equal(0, code);
        Assert.All(["/v1/metrics", "/v1/logs", "/v1/traces", "/v2.1/track"], path => Assert.Single(
            output, line => line.Contains($"Telemetry does not arrive at http://127.0.0.1:1{path}: it cannot be reached (ConnectionError). The agent goes on", StringComparison.Ordinal)));
        Assert.Equal("Succeeded", Assert.Single(await data.RunLogAsync()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Where_the_collector_takes_everything_and_never_answers_the_agent_runs_its_cycle_all_the_same()
    {
        await using var hanging = await Receiver.StartAsync(answers: false);
        var (code, _) = await RunOnceAsync(Otlp(hanging.Address), ("MIMHYBRID_Telemetry__Interval", "00:00:01"));

        Assert.Equal(0, code);
        Assert.Equal("Succeeded", Assert.Single(await data.RunLogAsync()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Without_a_destination_nothing_is_said_of_telemetry()
    {
        var (code, output) = await RunOnceAsync();

        Assert.Equal(0, code);
        Assert.DoesNotContain(output, line => line.Contains("elemetry", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(data.Path, "telemetry")));
    }

    [Fact]
    public async Task All_wrong_settings_are_told_at_once_and_no_secret_with_them()
    {
        var (code, output) = await RunOnceAsync(
            ("MIMHYBRID_Telemetry__OtlpEndpoint", "collector:4318"),
            ("MIMHYBRID_Telemetry__OtlpProtocol", "Json"),
            ("MIMHYBRID_Telemetry__OtlpHeaders", Planted),
            ("MIMHYBRID_Telemetry__AzureMonitorConnectionString", $"Key={Planted}"),
            ("MIMHYBRID_Telemetry__AzureMonitorSignIn", "true"),
            ("MIMHYBRID_Telemetry__Proxy", $"http://me:{Planted}@proxy"),
            ("MIMHYBRID_Telemetry__Interval", "00:05:01"),
            ("MIMHYBRID_Telemetry__Endpoint", "x"));

        Assert.Equal(3, code);
        var said = string.Join('\n', output);
        Assert.All(
            [
                ("OtlpEndpoint", "is 'collector:4318'"), ("OtlpProtocol", "is 'Json'"), ("OtlpHeaders", "is something that may be a secret"),
                ("AzureMonitorConnectionString", "is something"), ("AzureMonitorSignIn", "is 'true'"), ("Proxy", "is something"),
                ("Interval", "is '00:05:01'"), ("Endpoint", "is no setting"),
            ],
            error => Assert.Matches($@"Telemetry:{error.Item1} (\(environment variable \w+\) )?{error.Item2}", said));
        Assert.DoesNotContain(Planted, said, StringComparison.Ordinal);
    }

    public void Dispose() => data.Dispose();

    /// <summary>By operation_Id a row of the portal leads to the others of the same cycle.</summary>
    private static string TraceOf(string kind, string text, string sent)
    {
        var line = Assert.Single(sent.Split('\n'), each => each.Contains($"\"baseType\":\"{kind}\"", StringComparison.Ordinal) && each.Contains(text, StringComparison.Ordinal));
        using var item = JsonDocument.Parse(line);
        return item.RootElement.GetProperty("tags").GetProperty("ai.operation.id").GetString()!;
    }

    private static (string, string) Otlp(string address) => ("MIMHYBRID_Telemetry__OtlpEndpoint", address);

    private static (string, string) AzureMonitor(string address) => ("MIMHYBRID_Telemetry__AzureMonitorConnectionString", $"InstrumentationKey={Key};IngestionEndpoint={address}/");

    /// <summary>Names that only trouble brings, such as throttling, are not sent in an ordinary run.</summary>
    private static void LooksInTheRightTable(string query, string text, Tables tables)
    {
        var table = text.Split('\n').First(line => !line.StartsWith("//", StringComparison.Ordinal));
        var arrived = Name().Matches(text).Select(match => match.Groups[1].Value).Where(tables.Any).ToList();
        Assert.All(arrived, name => Assert.Contains(name, tables.In(table)));
        Assert.True(arrived.Count > 0 || query is "alert-credential-ends.kql" or "alert-credential-last-week.kql" or "throttling.kql", query);
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"'(mimhybrid\.[a-z_.]+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private Task<(int Code, IReadOnlyList<string> Output)> RunOnceAsync(params (string, string)[] environment) =>
        Mimhybrid.RunAsync(["run", "--sandbox", "--once", "--verbose", "--data", data.Path], [Pace.Fast, .. environment]);
}
