using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Benchmarks;

/// <summary>
/// The sandbox's pages of users/delta, read once and kept as compressed bytes, on a server that only hands them out: what is measured
/// then is the client, and not how fast a sandbox makes, orders and compresses pages. Tokens come from the sandbox itself.
/// </summary>
internal sealed class PreparedPages : IAsyncDisposable
{
    private readonly Dictionary<string, byte[]> pages = [];
    private readonly WebApplication server;

    private PreparedPages(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificate);
        }));
        server = builder.Build();
        server.Run(HandOutAsync);
    }

    private string Root => server.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/v1.0";

    /// <summary>Reads the tenant's first round and serves it again, at the address of the access that comes with it.</summary>
    public static async Task<(PreparedPages Pages, TenantAccess Access)> StartAsync(SandboxTenant tenant)
    {
        var prepared = new PreparedPages(tenant.Certificate);
        await prepared.server.StartAsync();
        var access = TenantAccess.Of(tenant);
        await prepared.ReadAsync(access);
        return (prepared, access with { BaseUrl = prepared.Root });
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Key(string token) => Uri.UnescapeDataString(token);

    private static async Task<byte[]> CompressAsync(byte[] page)
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) await gzip.WriteAsync(page);
        return compressed.ToArray();
    }

    /// <summary>A token, asked for as any script would.</summary>
    public static async Task<string> SignInAsync(HttpClient http, TenantAccess access)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = access.ClientId,
            ["client_secret"] = access.Secret,
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        using var answer = await http.PostAsync(new Uri($"{access.AuthorityHost.TrimEnd('/')}/{access.TenantId}/oauth2/v2.0/token"), form);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
    }

    private async Task ReadAsync(TenantAccess access)
    {
        using var handler = access.CreateHandler();
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignInAsync(http, access));
        var theirs = access.BaseUrl.TrimEnd('/');
        var select = string.Join(',', access.Settings(Graph.BaselineChoice.Delta).SelectedProperties);
        for (var (link, key) = ($"{theirs}/users/delta?$select={select}", ""); link is not null;)
        {
            var text = await http.GetStringAsync(new Uri(link));
            pages[key] = await CompressAsync(Encoding.UTF8.GetBytes(text.Replace(theirs, Root, StringComparison.Ordinal)));
            using var page = JsonDocument.Parse(text);
            link = page.RootElement.TryGetProperty("@odata.nextLink", out var next) ? next.GetString() : null;
            key = link is null ? "" : Key(link[(link.IndexOf("$skiptoken=", StringComparison.Ordinal) + "$skiptoken=".Length)..]);
        }
    }

    private async Task HandOutAsync(HttpContext context)
    {
        var page = pages[context.Request.Query["$skiptoken"].ToString()];
        context.Response.ContentType = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.Headers["request-id"] = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture);
        context.Response.ContentLength = page.Length;
        await context.Response.Body.WriteAsync(page);
    }
}
