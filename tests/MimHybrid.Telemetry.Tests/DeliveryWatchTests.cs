using System.Net;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent;
using MimHybrid.Agent.Telemetry;
using OpenTelemetry.Logs;

namespace MimHybrid.Telemetry.Tests;

/// <summary>Whether telemetry arrives is told when it changes, for each address by itself.</summary>
public sealed class DeliveryWatchTests : IDisposable
{
    private readonly List<LogRecord> records = [];
    private readonly ILoggerFactory logs;
    private readonly DeliveryWatch watch;

    public DeliveryWatchTests()
    {
        logs = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.AddInMemoryExporter(records);
        }));
        watch = new DeliveryWatch(logs.CreateLogger("test"), new DeliveryNotes(TimeProvider.System));
    }

    [Fact]
    public async Task A_change_is_told_once_and_what_is_well_from_the_beginning_not_at_all()
    {
        await SendAsync("https://ingestion.example/v2.1/track?key=secret", HttpStatusCode.OK, null, null, HttpStatusCode.PartialContent, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden);
        await SendAsync("http://collector.example:4318/v1/logs", HttpStatusCode.OK);

        Assert.Equal(
        [
            "Warning Telemetry does not arrive at https://ingestion.example/v2.1/track: it cannot be reached (NameResolutionError)",
            "Information Telemetry arrives at https://ingestion.example/v2.1/track again",
            "Warning Telemetry does not arrive at https://ingestion.example/v2.1/track: it answers 403",
        ], records.Select(record => $"{record.LogLevel} {record.FormattedMessage!.Split(". ")[0]}"));
        Assert.Contains("Monitoring Metrics Publisher", records[2].FormattedMessage, StringComparison.Ordinal);
    }

    public void Dispose() => logs.Dispose();

    /// <param name="answers">One after the other; null is a name that nobody knows.</param>
    private async Task SendAsync(string address, params HttpStatusCode?[] answers)
    {
        using var client = new HttpClient(watch.Around(new Server(new Queue<HttpStatusCode?>(answers))));
        foreach (var answer in answers)
        {
            var sending = client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
            if (answer is null) await Assert.ThrowsAsync<HttpRequestException>(() => sending);
            else (await sending).Dispose();
        }
    }

    private sealed class Server(Queue<HttpStatusCode?> answers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answers.Dequeue() is { } status
            ? Task.FromResult(new HttpResponseMessage(status))
            : throw new HttpRequestException(HttpRequestError.NameResolutionError);
    }
}
