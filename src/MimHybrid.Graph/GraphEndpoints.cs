using Azure.Identity;

namespace MimHybrid.Graph;

/// <summary>Where Graph and its sign-in are, made from settings that are valid.</summary>
/// <param name="Root">Graph's address with the version and without a slash at the end, e.g.
/// <c>https://graph.microsoft.com/v1.0</c>.</param>
/// <param name="Authority">Where tokens come from.</param>
/// <param name="Scope">What a token is asked for. Tokens of one cloud are refused by the others (README.md#clouds-and-tenants).</param>
/// <param name="HasOwnAuthority">The authority is none of Microsoft's: nobody can vouch for it, so nobody is asked to.</param>
public sealed record GraphEndpoints(string Root, Uri Authority, string Scope, bool HasOwnAuthority)
{
    /// <summary>The one host that is shown a token.</summary>
    public string GraphHost => new Uri(Root).Host;

    /// <summary>The same for people, with the port where it is not the usual one.</summary>
    public string GraphName => new Uri(Root).Authority;

    public static GraphEndpoints From(GraphSettings settings)
    {
        var (graph, authority) = OfCloud(settings.Cloud);
        return new GraphEndpoints(
            settings.BaseUrl is { Length: > 0 } own ? own.TrimEnd('/') : graph + "/v1.0",
            settings.AuthorityHost is { Length: > 0 } host ? new Uri(host) : authority,
            graph + "/.default",
            settings.AuthorityHost is { Length: > 0 });
    }

    private static (string Graph, Uri Authority) OfCloud(GraphCloud cloud) => cloud switch
    {
        GraphCloud.UsGovL4 => ("https://graph.microsoft.us", AzureAuthorityHosts.AzureGovernment),
        GraphCloud.UsGovL5 => ("https://dod-graph.microsoft.us", AzureAuthorityHosts.AzureGovernment),
        GraphCloud.China => ("https://microsoftgraph.chinacloudapi.cn", AzureAuthorityHosts.AzureChina),
        _ => ("https://graph.microsoft.com", AzureAuthorityHosts.AzurePublicCloud),
    };
}
