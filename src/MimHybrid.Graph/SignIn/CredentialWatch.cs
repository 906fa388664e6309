using Microsoft.Extensions.Logging;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.SignIn;

/// <summary>Keeps the store's note of the credential right, and warns once a day of its end.</summary>
internal sealed partial class CredentialWatch(GuestStore store, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan WarnEvery = TimeSpan.FromDays(1);

    private CredentialNote? noted;
    private DateTimeOffset warnedAt = DateTimeOffset.MinValue;

    public void Note(CredentialNote credential)
    {
        if (credential != noted)
        {
            store.RecordCredential(credential);
            if (noted is { ExpiresAt: { } before } && credential.ExpiresAt is { } after && after > before)
                Log.Renewed(logger, credential.Name, after);
            (noted, warnedAt) = (credential, DateTimeOffset.MinValue);
        }

        var now = time.GetUtcNow();
        if (credential.Warning(now) is not { } warning || now - warnedAt < WarnEvery) return;
        warnedAt = now;
        Log.Expires(logger, credential.HasExpired(now) ? LogLevel.Error : LogLevel.Warning, warning);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2090, Message = "{Warning}")]
        public static partial void Expires(ILogger logger, LogLevel level, string warning);

        [LoggerMessage(2091, LogLevel.Information, "A renewed {Credential} is in use; it expires on {ExpiresAt:yyyy-MM-dd}.")]
        public static partial void Renewed(ILogger logger, string credential, DateTimeOffset expiresAt);
    }
}
