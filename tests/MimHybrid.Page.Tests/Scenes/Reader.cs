using System.Net;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Settings;
using MimHybrid.Page.Serving;

namespace MimHybrid.Page.Tests.Scenes;

/// <summary>Somebody who has started the page over a data folder, at noon, and opened its address.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private readonly HttpClientHandler handler = new() { UseCookies = true, CookieContainer = new CookieContainer() };

    private Reader(PageServer page, FakeTimeProvider clock)
    {
        (Page, Clock) = (page, clock);
        Client = new HttpClient(handler) { BaseAddress = new Uri(new Uri(page.Address).GetLeftPart(UriPartial.Authority)) };
    }

    public PageServer Page { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Reader> OpenAsync(string folder, DateTimeOffset? now = null, string zone = "UTC")
    {
        var clock = new FakeTimeProvider(now ?? RunLog.Noon);
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var page = await PageServer.StartAsync(PageSources.Of(new CommonValues(folder, null, false, null, []), clock), 0, Token);
        var reader = new Reader(page, clock);
        using var first = await reader.Client.GetAsync(new Uri(page.Address), Token);
        first.EnsureSuccessStatusCode();
        return reader;
    }

    public async Task<string> ReadAsync(string path) => WebUtility.HtmlDecode(await Client.GetStringAsync(new Uri(path, UriKind.Relative), Token));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        handler.Dispose();
        await Page.DisposeAsync();
    }
}
