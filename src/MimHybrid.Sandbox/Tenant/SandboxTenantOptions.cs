using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>What a sandbox tenant is like. All has a default.</summary>
public sealed record SandboxTenantOptions
{
    /// <summary>The TCP port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Whether Graph answers over plain HTTP as well, at <see cref="SandboxTenant.PlainGraphBaseUrl"/>, as a test double may.
    /// </summary>
    public bool PlainHttp { get; init; }

    /// <summary>The file in which the tenant remembers its users and who it is; null for a tenant that forgets.</summary>
    public string? JournalPath { get; init; }

    /// <summary>
    /// The first application's id; null for a new one. MSAL remembers a throttled application for the whole process, so each tenant has
    /// one of its own (README.md#throttled-sign-ins).
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>Further applications that may sign in.</summary>
    public IReadOnlyList<TenantApp> Apps { get; init; } = [];

    /// <summary>How long an access token lasts. Azure.Identity counts one with under five minutes left as expired.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromSeconds(3599);

    /// <summary>How long a delta link lasts; the documents say seven days (MimHybrid.Graph/README.md#dead-tokens).</summary>
    public TimeSpan DeltaTokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a next link lasts, of users/delta and of lists. Undocumented.</summary>
    public TimeSpan SkipTokenLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How a delta link that is too old is refused.</summary>
    public ExpiredTokenShape ExpiredTokenShape { get; init; } = ExpiredTokenShape.DeltaLinkTooOld;

    /// <summary>What pages of users/delta look like.</summary>
    public PageShape Pages { get; init; } = new();

    /// <summary>The most users of a page of a list, whatever <c>$top</c> asks for.</summary>
    public int LargestListPage { get; init; } = 999;

    /// <summary>How long a change takes to enter users/delta.</summary>
    public TimeSpan DeltaLag { get; init; }

    /// <summary>
    /// How long a change takes to be seen by all other reads. May be longer than <see cref="DeltaLag"/>
    /// (MimHybrid.Graph/README.md#replicas-lag).
    /// </summary>
    public TimeSpan ReadLag { get; init; }

    /// <summary>
    /// After how many changes the tenant looks whether there is something old enough to be merged, so that it does not grow for ever.
    /// </summary>
    public int CompactEvery { get; init; } = 1000;

    /// <summary>How far back a reader can ask: as long as a link lives, from where it lagged when it was given out.</summary>
    internal TimeSpan Memory => (DeltaTokenLifetime > SkipTokenLifetime ? DeltaTokenLifetime : SkipTokenLifetime) + DeltaLag + ReadLag;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
