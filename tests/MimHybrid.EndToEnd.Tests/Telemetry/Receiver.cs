using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MimHybrid.EndToEnd.Tests.Telemetry;

/// <summary>
/// Takes what an exporter sends: an OpenTelemetry collector over HTTP, and Application Insights' ingestion, on loopback. Of protocol
/// buffers it reads the texts, which stand in them as they are.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lines<Received> received = new();
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Receiver(bool answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/{**path}", async (HttpContext context) =>
        {
            received.Add(await ReadAsync(context.Request));
            if (!answers) await released.Task;
            return context.Request.Path.Value!.EndsWith("/track", StringComparison.Ordinal)
                ? Results.Text("""{"itemsReceived":1,"itemsAccepted":1,"errors":[]}""", "application/json")
                : Results.Bytes([], "application/x-protobuf");
        });
    }

    public string Address => app.Urls.Single();

    public static async Task<Receiver> StartAsync(bool answers = true)
    {
        var receiver = new Receiver(answers);
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Everything that was sent to a path, as one text.</summary>
    public string SentTo(string path) => string.Join('\n', received.All.Where(one => one.Path == path).Select(one => one.Body));

    public IEnumerable<string?> HeadersOf(string path, string name) => received.All.Where(one => one.Path == path).Select(one => one.Headers.GetValueOrDefault(name));

    /// <summary>Waits until something was sent to a path so many times.</summary>
    /// <param name="path">The path.</param>
    /// <param name="text">What the body has to have in it.</param>
    /// <param name="times">How often.</param>
    public Task UntilAsync(string path, string text, int times) => received.UntilAsync(
        all => all.Count(one => one.Path == path && one.Body.Contains(text, StringComparison.Ordinal)) >= times, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        released.SetResult();
        await app.DisposeAsync();
    }

    private static async Task<Received> ReadAsync(HttpRequest request)
    {
        await using var body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        return new Received(request.Path, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
    }

    private sealed record Received(string Path, Dictionary<string, string> Headers, string Body);
}
