using System.Diagnostics.CodeAnalysis;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Issues the links of users/delta, opens them again, and tells when they have grown too old.</summary>
internal sealed class DeltaTokens(
    TokenSeal seal,
    TenantDirectory directory,
    SandboxTenantOptions options,
    TenantAddress address,
    TimeProvider time)
{
    private const char DeltaPurpose = 'd';
    private const char SkipPurpose = 's';

    private volatile int generation;

    /// <summary>Declares every token issued so far dead.</summary>
    public void ExpireAll() => Interlocked.Increment(ref generation);

    public string DeltaToken(DeltaToken token) => Issue(DeltaPurpose, token);

    public string SkipToken(DeltaToken token) => Issue(SkipPurpose, token);

    public bool TryOpenDelta(string text, [NotNullWhen(true)] out DeltaToken? token, [NotNullWhen(false)] out SandboxGraphError? error) =>
        TryOpen(DeltaPurpose, text, options.DeltaTokenLifetime, ExpiredDelta, out token, out error);

    public bool TryOpenSkip(string text, [NotNullWhen(true)] out DeltaToken? token, [NotNullWhen(false)] out SandboxGraphError? error) =>
        TryOpen(SkipPurpose, text, options.SkipTokenLifetime, () => SandboxGraphError.ExpiredPageToken, out token, out error);

    private string Issue(char purpose, DeltaToken token) =>
        seal.Seal(purpose, token with { IssuedAt = time.GetUtcNow(), Generation = generation }, TokenJson.Default.DeltaToken);

    private bool TryOpen(
        char purpose,
        string text,
        TimeSpan lifetime,
        Func<SandboxGraphError> expired,
        [NotNullWhen(true)] out DeltaToken? token,
        [NotNullWhen(false)] out SandboxGraphError? error)
    {
        error = null;
        if (!seal.TryOpen(purpose, text, TokenJson.Default.DeltaToken, out token))
            error = SandboxGraphError.MalformedToken;
        else if (IsDead(token, lifetime))
            error = expired();

        return error is null && token is not null;
    }

    // A token may know of changes that a journal lost with the machine's power: such a reader has to begin anew, too.
    private bool IsDead(DeltaToken token, TimeSpan lifetime) =>
        time.GetUtcNow() - token.IssuedAt > lifetime
        || token.Generation < generation
        || Math.Max(token.Since, token.Until) > directory.HighestUsn;

    private SandboxGraphError ExpiredDelta() => options.ExpiredTokenShape switch
    {
        ExpiredTokenShape.SyncStateNotFound =>
            new SandboxGraphError(
                400, "syncStateNotFound", "The sync state generation is not found; the token has expired. Synchronize again."),
        ExpiredTokenShape.SyncStateNotFoundGone =>
            new SandboxGraphError(410, "SyncStateNotFound", "The sync state generation is not found."),
        ExpiredTokenShape.GoneWithLocation =>
            new SandboxGraphError(410, "Gone", "Resync is required.") { Location = $"{address.GraphBaseUrl}/users/delta?$deltatoken=" },
        ExpiredTokenShape.ResyncRequired =>
            new SandboxGraphError(410, "resyncRequired", "Resync is required.") { InnerCode = "resyncApplyDifferences" },
        ExpiredTokenShape.ExpiredPageToken => SandboxGraphError.ExpiredPageToken,
        ExpiredTokenShape.SteadyStateNotReached =>
            new SandboxGraphError(400, "Request_BadRequest", "A differential sync must reach steady state within 30 days."),
        _ => new SandboxGraphError(400, "Request_UnsupportedQuery", "DeltaLink older than 30 days is not supported"),
    };
}
