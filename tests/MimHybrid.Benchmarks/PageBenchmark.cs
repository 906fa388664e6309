using System.Globalization;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Delta;
using Microsoft.Kiota.Authentication.Azure;
using MimHybrid.Graph;
using MimHybrid.Graph.Delta;

namespace MimHybrid.Benchmarks;

/// <summary>The same pages of users/delta, from the same server in the same run: the agent's reader, and PageIterator over the SDK's model.</summary>
internal static class PageBenchmark
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(int users)
    {
        using var tenant = TenantProcess.Start(users, guests: 0);
        using var warm = TenantProcess.Start(members: 2000, guests: 0);
        await ReadAsTheAgentDoesAsync(warm.Access);
        await ReadAsTheSdkDoesAsync(warm.Access);
        for (var round = 1; round <= Rounds; round++)
        {
            await MeasureAsync("agent", () => ReadAsTheAgentDoesAsync(tenant.Access));
            await MeasureAsync("PageIterator", () => ReadAsTheSdkDoesAsync(tenant.Access));
        }

        return 0;
    }

    private static async Task MeasureAsync(string who, Func<Task<int>> read)
    {
        GC.Collect();
        using var measured = new Measurement();
        var users = await read();
        var (elapsed, processor, allocated) = (measured.Elapsed, measured.Processor, measured.Allocated);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{who,-13} {users} users, {Measurement.Seconds(elapsed)}, processor {Measurement.Seconds(processor)}, {Measurement.Megabytes(allocated)}, {allocated / users} bytes a user"));
    }

    private static async Task<int> ReadAsTheAgentDoesAsync(TenantAccess access)
    {
        using var graph = new GraphConnection(access.Settings(BaselineKind.Delta), TimeProvider.System, access.CreateHandler);
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
        var settings = access.Settings(BaselineKind.Delta);
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
