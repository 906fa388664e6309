using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace MimHybrid.Sandbox.SyncServer.Graph;

/// <summary>
/// Reads the tenant's users, members too, as MIM's Graph agent does: the connector filter works later, at synchronization
/// (MimHybrid.Mim/README.md#the-graph-management-agent).
/// </summary>
internal sealed class GraphUserReader(GraphAccess access, TimeProvider time) : IDisposable
{
    private const string Selection = "id,displayName,mail,givenName,surname,userPrincipalName,userType";

    private readonly SandboxGraphConnection connection = new(access, time);

    /// <summary>Enumerates the whole tenant anew.</summary>
    public Task<ImportReading> ReadAllAsync(CancellationToken cancellationToken)
    {
        var start = $"{access.BaseUrl.AbsoluteUri.TrimEnd('/')}/users/delta?$select={Selection}";
        return ReadAsync(start, new GraphRound(IsComplete: true), cancellationToken);
    }

    /// <summary>Reads what changed since the delta link was given.</summary>
    public Task<ImportReading> ReadChangesAsync(string deltaLink, CancellationToken cancellationToken) =>
        ReadAsync(deltaLink, new GraphRound(IsComplete: false), cancellationToken);

    /// <summary>Whether one can sign in, in the run history's words for a connection.</summary>
    public Task<string> ProbeAsync(CancellationToken cancellationToken)
    {
        var round = new GraphRound(IsComplete: true);
        return GuardAsync(
            round,
            async limited =>
            {
                var (status, token) = await connection.SignInAsync(limited);
                return token is null ? round.SignInRefused(status).ConnectionResult : ConnectionWords.Success;
            },
            failed => failed.ConnectionResult,
            cancellationToken);
    }

    public void Dispose() => connection.Dispose();

    private Task<ImportReading> ReadAsync(string start, GraphRound round, CancellationToken cancellationToken) =>
        GuardAsync<ImportReading>(round, limited => ReadPagesAsync(start, round, limited), failed => failed, cancellationToken);

    private async Task<ImportReading> ReadPagesAsync(string start, GraphRound round, CancellationToken cancellationToken)
    {
        var (status, token) = await connection.SignInAsync(cancellationToken);
        if (token is null)
            return round.SignInRefused(status);

        List<ImportEntry> entries = [];
        for (var link = start; ;)
        {
            using var response = await connection.GetAsync(CheckedUrl(link), token, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
                return round.Refused(response.StatusCode);

            var page = GraphUserPage.Read(await SandboxGraphConnection.ReadJsonAsync(response, cancellationToken));
            round.HasRead = true;
            entries.AddRange(page.Entries);
            if (page.DeltaLink is { } deltaLink)
                return new ImportReading.Complete(new ImportBatch(entries, round.IsComplete, deltaLink));
            link = page.NextLink!;
        }
    }

    /// <summary>Links come back byte for byte, and a token goes to no other host than the one configured.</summary>
    private Uri CheckedUrl(string link)
    {
        var asGiven = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        return Uri.TryCreate(link, asGiven, out var url) && (url.Scheme, url.Authority) == (access.BaseUrl.Scheme, access.BaseUrl.Authority)
            ? url
            : throw new JsonException("A link leads to another server.");
    }

    /// <summary>Holds the time limit, and turns what HTTP and JSON throw into a failure in words.</summary>
    private async Task<T> GuardAsync<T>(
        GraphRound round, Func<CancellationToken, Task<T>> read, Func<ImportReading.Failed, T> fail, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(access.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await read(either.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException or ObjectDisposedException)
        {
            return fail(round.Lost());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return fail(round.Lost());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return fail(GraphRound.Unintelligible);
        }
    }
}
