using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Graph;
using MimHybrid.Graph.Polling;
using MimHybrid.Graph.Requests;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;

namespace MimHybrid.Benchmarks;

/// <summary>What it costs to ask a quiet tenant whether anything has changed: the agent's way, and that of a script that lists all guests.</summary>
internal static class ChangeQueries
{
    /// <summary>The pages of users/delta and nothing done with them but to look for the next link.</summary>
    public static async Task<int> DownloadAsync(TenantAccess access, int users)
    {
        using var http = await ClientAsync(access, access.CreateHandler());
        var select = string.Join(',', access.Settings(BaselineChoice.Delta).SelectedProperties);
        for (string? link = $"{access.BaseUrl.TrimEnd('/')}/users/delta?$select={select}"; link is not null;)
            link = NextLink(await http.GetByteArrayAsync(new Uri(link)));
        return users;
    }

    public static async Task<(ChangeQuery Agent, ChangeQuery Listing, int Guests)> MeasureAsync(int members, int guests, int rounds)
    {
        using var tenant = TenantProcess.Start(members, guests);
        return (await AskAsync(tenant.Access, rounds), await ListAsync(tenant.Access, guests, rounds, onAPage: 999), guests);
    }

    /// <summary>Once, on a small tenant of this process: for what is counted, not for what it costs.</summary>
    public static async Task<(ChangeQuery Agent, ChangeQuery Listing)> AskInProcessAsync(int guests, int onAPage)
    {
        await using var tenant = await SandboxTenant.StartAsync(new SandboxTenantOptions(), TimeProvider.System, CancellationToken.None);
        for (var number = 0; number < guests; number++) tenant.Directory.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        var access = TenantAccess.Of(tenant);
        return (await AskAsync(access, rounds: 1), await ListAsync(access, guests, rounds: 1, onAPage));
    }

    private static async Task<ChangeQuery> AskAsync(TenantAccess access, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-query-").FullName;
        var counted = new CountedWay(access.CreateHandler());
        using (var store = AgentStore.Open(folder))
        using (var graph = new GraphConnection(access.Settings(BaselineChoice.List), TimeProvider.System, () => counted))
        {
            var trigger = new GraphDeltaTrigger(graph, store.Guests, TimeProvider.System, NullLogger<GraphDeltaTrigger>.Instance);
            await trigger.PollAsync(CancellationToken.None);
            var query = await MedianAsync(rounds, counted, async () =>
            {
                if (await trigger.PollAsync(CancellationToken.None) is not PollResult.Unchanged) throw new InvalidOperationException("The tenant is not quiet.");
            });
            Directory.Delete(folder, recursive: true);
            return query;
        }
    }

    private static async Task<ChangeQuery> ListAsync(TenantAccess access, int guests, int rounds, int onAPage)
    {
        var counted = new CountedWay(access.CreateHandler());
        using var http = await ClientAsync(access, counted);
        var select = string.Join(',', access.Settings(BaselineChoice.Delta).SelectedProperties);
        return await MedianAsync(rounds, counted, async () =>
        {
            var known = new List<JsonNode?>();
            for (string? link = $"{access.BaseUrl.TrimEnd('/')}/users?$filter=userType eq 'Guest'&$select={select}&$top={onAPage}"; link is not null;)
            {
                var page = JsonNode.Parse(await http.GetByteArrayAsync(new Uri(link)))!;
                known.AddRange(page["value"]!.AsArray());
                link = page["@odata.nextLink"]?.GetValue<string>();
            }

            if (known.Count != guests) throw new InvalidOperationException($"{known.Count} guests, not {guests}");
        });
    }

    /// <summary>One look more than asked for; the first compiles. The processor's clock is too coarse for a single one, so each is three.</summary>
    private static async Task<ChangeQuery> MedianAsync(int rounds, CountedWay counted, Func<Task> look)
    {
        const int Each = 3;
        var all = new List<ChangeQuery>();
        for (var round = 0; round <= rounds; round++)
        {
            counted.Clear();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            for (var number = 0; number < Each; number++) await look();
            var took = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
            all.Add(new ChangeQuery(took / Each, (double)counted.Requests / Each, counted.Bytes / 1000.0 / Each));
        }

        return all[1..].OrderBy(query => query.Processor).ElementAt(rounds / 2);
    }

    private static async Task<HttpClient> ClientAsync(TenantAccess access, HttpMessageHandler handler)
    {
        var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await PreparedPages.SignInAsync(http, access));
        return http;
    }

    /// <summary>Without reading the JSON; the link stands before the users.</summary>
    private static string? NextLink(byte[] page)
    {
        var mark = "\"@odata.nextLink\":\""u8;
        var at = page.AsSpan().IndexOf(mark);
        if (at < 0) return null;
        var rest = page.AsSpan(at + mark.Length);
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]).Replace("\\u0026", "&", StringComparison.Ordinal);
    }
}

/// <summary>Counts requests and the bytes of their answers, sign-ins left out by clearing.</summary>
internal sealed class CountedWay(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public int Requests { get; private set; }

    public long Bytes { get; private set; }

    public void Clear() => (Requests, Bytes) = (0, 0);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        Requests++;
        Bytes += (await answer.Content.ReadAsByteArrayAsync(cancellationToken)).Length;
        return answer;
    }
}
