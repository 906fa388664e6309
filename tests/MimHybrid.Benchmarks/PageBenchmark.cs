using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Delta;
using Microsoft.Kiota.Authentication.Azure;
using MimHybrid.Graph;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Requests;

namespace MimHybrid.Benchmarks;

/// <summary>The same pages of users/delta, from the same server in the same run: the agent's reader, and PageIterator over the SDK's model.</summary>
internal static class PageBenchmark
{
    /// <summary>Odd, so that one of them is the median.</summary>
    private const int Rounds = 7;

    private readonly record struct Figures(TimeSpan Elapsed, TimeSpan Processor, long Allocated);

    /// <summary>The first reading of each is thrown away: it compiles.</summary>
    public static async Task<int> RunAsync(int users)
    {
        using var tenant = TenantProcess.StartPrepared(users);
        var (agents, sdks, bare) = (new List<Figures>(), new List<Figures>(), new List<Figures>());
        for (var round = 0; round <= Rounds; round++)
        {
            agents.Add(await MeasureAsync("agent", () => ReadAsTheAgentDoesAsync(tenant.Access)));
            sdks.Add(await MeasureAsync("PageIterator", () => ReadAsTheSdkDoesAsync(tenant.Access)));
            bare.Add(await MeasureAsync("download", () => ChangeQueries.DownloadAsync(tenant.Access, users)));
        }

        PageFigures figures = new(users, Of(agents), Of(sdks), Of(bare), await ChangeQueries.MeasureAsync(members: 20_000, guests: 10_000, Rounds));
        var table = figures.ToTable();
        Console.WriteLine(table);
        Results.WriteJson("pages", new { figures });
        if (users == 200_000) Results.WriteTable("pages", table);
        return 0;
    }

    private static PageReading Of(IEnumerable<Figures> all) => all.Skip(1).ToList() is var figures
        ? new PageReading(Median(figures, one => one.Elapsed.TotalSeconds), Median(figures, one => one.Processor.TotalSeconds), Median(figures, one => one.Allocated / 1e6))
        : throw new InvalidOperationException();

    private static async Task<Figures> MeasureAsync(string who, Func<Task<int>> read)
    {
        GC.Collect();
        using var measured = new Measurement();
        var users = await read();
        var figures = new Figures(measured.Elapsed, measured.Processor, measured.Allocated);
        Say($"{who,-13} {users} users, {Measurement.Seconds(figures.Elapsed)}, processor {Measurement.Seconds(figures.Processor)}, {Measurement.Megabytes(figures.Allocated)}, {figures.Allocated / users} bytes a user");
        return figures;
    }

    private static double Median(IReadOnlyList<Figures> figures, Func<Figures, double> of) => figures.Select(of).Order().ElementAt(figures.Count / 2);

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static async Task<int> ReadAsTheAgentDoesAsync(TenantAccess access)
    {
        using var graph = new GraphConnection(access.Settings(BaselineChoice.Delta), TimeProvider.System, access.CreateHandler);
        var users = 0;
        for (var link = graph.Links.First; ;)
        {
            var page = ((GraphReply<DeltaPage>.Answer)await graph.GetPageAsync(link, CancellationToken.None)).Value;
            users += page.Entries.Count;
            if (page.IsLast) return users;
            link = page.Link;
        }
    }

    private static async Task<int> ReadAsTheSdkDoesAsync(TenantAccess access)
    {
        var settings = access.Settings(BaselineChoice.Delta);
        using var http = GraphClientFactory.Create(finalHandler: access.CreateHandler());
        using var signIn = new HttpClient(access.CreateHandler());
        var options = new ClientSecretCredentialOptions
        {
            AuthorityHost = new Uri(access.AuthorityHost),
            DisableInstanceDiscovery = true,
            Transport = new Azure.Core.Pipeline.HttpClientTransport(signIn),
        };
        var credential = new ClientSecretCredential(access.TenantId, access.ClientId, access.Secret, options);
        var authentication = new AzureIdentityAuthenticationProvider(
            credential, [new Uri(access.BaseUrl).Host], observabilityOptions: null, isCaeEnabled: true, "https://graph.microsoft.com/.default");
        using var client = new GraphServiceClient(http, authentication, access.BaseUrl);

        var users = 0;
        var first = await client.Users.Delta.GetAsDeltaGetResponseAsync(request => request.QueryParameters.Select = [.. settings.SelectedProperties]);
        var iterator = PageIterator<User, DeltaGetResponse>.CreatePageIterator(client, first!, _ => ++users > 0);
        await iterator.IterateAsync();
        return users;
    }
}
