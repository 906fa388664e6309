using System.Net;
using System.Net.NetworkInformation;
using MimHybrid.Page.Tests.Scenes;

namespace MimHybrid.Page.Tests.Serving;

/// <summary>Who is let in, over real HTTP on this machine.</summary>
public sealed class GateTests : IAsyncLifetime
{
    private readonly RunLog log = new();
    private Reader reader = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Root => reader.Client.BaseAddress!;

    public async ValueTask InitializeAsync() => reader = await Reader.OpenAsync(log.Folder);

    [Fact]
    public async Task The_key_is_changed_for_a_cookie_and_a_clean_address()
    {
        using var answer = await AskAsync(HttpMethod.Get, reader.Page.Address);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(KeyOf(reader.Page.Address), cookie, StringComparison.Ordinal);
        Assert.Equal(43, KeyOf(reader.Page.Address).Length); // 256 bits in 6-bit letters
    }

    [Fact]
    public async Task What_the_address_asked_for_besides_stays()
    {
        using var answer = await AskAsync(HttpMethod.Get, $"{Root}log?outcome=failed&text=a%26b&key={KeyOf(reader.Page.Address)}");
        Assert.Equal("/log?outcome=failed&text=a%26b", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_key_leads_to_no_other_host()
    {
        using var answer = await AskAsync(HttpMethod.Get, $"{Root}/evil.example/?key={KeyOf(reader.Page.Address)}");
        Assert.Equal("/evil.example/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?key=")]
    [InlineData("?key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("log")]
    [InlineData("page.css")]
    [InlineData("../agent.db")]
    public async Task Without_the_key_nothing_is_shown(string path)
    {
        using var answer = await AskAsync(HttpMethod.Get, $"{Root}{path}");
        await RefusedAsync(answer);
    }

    [Fact]
    public async Task A_cookie_of_another_start_is_none()
    {
        await using var other = await Reader.OpenAsync(log.Folder);
        using var exchanged = await AskAsync(HttpMethod.Get, other.Page.Address);
        var cookie = exchanged.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=')[1];

        using var answer = await AskAsync(HttpMethod.Get, Root.AbsoluteUri, ("Cookie", $"mimhybrid-{Root.Port}={cookie}"));
        using var key = await AskAsync(HttpMethod.Get, $"{Root}?key={KeyOf(other.Page.Address)}");

        await RefusedAsync(answer);
        await RefusedAsync(key);
    }

    /// <summary>Other accounts may be able to read the command line with which a browser was started.</summary>
    [Fact]
    public async Task The_key_that_a_browser_is_opened_with_is_good_once()
    {
        var address = reader.Page.AddressForBrowser();
        using var first = await AskAsync(HttpMethod.Get, address);
        using var second = await AskAsync(HttpMethod.Get, address);

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        await RefusedAsync(second);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example:80")]
    [InlineData("Host", "127.0.0.1")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_foreign_host_or_origin_is_refused_with_the_key_and_with_the_cookie(string name, string value)
    {
        using var key = await AskAsync(HttpMethod.Get, reader.Page.Address, (name, value));
        using var request = new HttpRequestMessage(HttpMethod.Get, Root);
        request.Headers.TryAddWithoutValidation(name, value);
        using var cookie = await reader.Client.SendAsync(request, Token);

        await RefusedAsync(key);
        await RefusedAsync(cookie);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    public async Task Nothing_can_be_changed(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Root);
        using var answer = await reader.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Whoever_asks_for_the_head_gets_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Root);
        using var answer = await reader.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/log")]
    [InlineData("/nowhere")]
    [InlineData("/page.js")]
    public async Task Every_answer_forbids_what_a_browser_might_do_with_it(string path)
    {
        using var answer = await reader.Client.GetAsync(new Uri(path, UriKind.Relative), Token);

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self';", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.EndsWith("base-uri 'none'; frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(("no-referrer", "no-store", "nosniff", "DENY"),
            (Header("Referrer-Policy"), Header("Cache-Control"), Header("X-Content-Type-Options"), Header("X-Frame-Options")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public void It_listens_on_this_machine_alone() => Assert.All(
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == Root.Port),
        listener => Assert.True(IPAddress.IsLoopback(listener.Address), listener.ToString()));

    [Fact]
    public async Task It_is_there_on_the_other_loopback_address_as_well()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "LEFT OUT: this machine has no IPv6.");
        using var answer = await AskAsync(HttpMethod.Get, $"http://[::1]:{Root.Port}/?key={KeyOf(reader.Page.Address)}");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        log.Dispose();
    }

    private static string KeyOf(string address) => address.Split("key=")[1];

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.StartsWith("This page opens with the whole address", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    /// <summary>Somebody of this machine who has no cookie.</summary>
    private static async Task<HttpResponseMessage> AskAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false, CheckCertificateRevocationList = true };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, Token);
    }
}
