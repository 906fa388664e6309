using System.Globalization;

namespace MimHybrid.Store.Rows;

/// <summary>What the agent signs in with; never the credential itself.</summary>
/// <param name="Kind">ClientSecret, Certificate or ManagedIdentity.</param>
/// <param name="ExpiresAt">UTC; null when it does not expire, or when nobody said.</param>
/// <param name="WarnFrom">From when on that is worth a warning, UTC.</param>
public sealed record CredentialNote(string Kind, DateTimeOffset? ExpiresAt, DateTimeOffset? WarnFrom)
{
    /// <summary>For people: "client secret".</summary>
    public string Name => Kind switch
    {
        "ClientSecret" => "client secret",
        "ManagedIdentity" => "managed identity",
        _ => "certificate",
    };

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>What to say of its end, and what to do; null while that is far.</summary>
    public string? Warning(DateTimeOffset now)
    {
        if (ExpiresAt is not { } end || (now < WarnFrom && now < end)) return null;
        var day = end.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return HasExpired(now)
            ? $"The {Name} expired on {day}; without a new one no guest change is seen. {Remedy}"
            : $"The {Name} expires on {day}, in {Left(now)}. {Remedy}";
    }

    /// <summary>What a person does about its end, in whole sentences.</summary>
    public string Remedy => Kind == "ClientSecret"
        ? "Make a new secret in the app registration, set Graph:ClientSecret and Graph:ClientSecretExpires, and start the agent again."
        : "Install a new certificate on this server and add it to the app registration; where Graph:CertificateThumbprint names the old "
            + "one, set it and start the agent again.";

    /// <summary>For people: how long it still lasts.</summary>
    public string Left(DateTimeOffset now) => (ExpiresAt - now)?.TotalDays switch
    {
        null => "no time that is known",
        < 1 => "less than a day",
        < 2 => "one day",
        { } days => string.Create(CultureInfo.InvariantCulture, $"{(int)days} days"),
    };
}
