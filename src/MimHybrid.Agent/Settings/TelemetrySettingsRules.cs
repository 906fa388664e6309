using System.Data.Common;

namespace MimHybrid.Agent.Settings;

/// <summary>What is allowed in the section <c>Telemetry</c>. What may be a secret is never quoted.</summary>
internal static class TelemetrySettingsRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The alerts in Azure take an agent that has sent nothing for a quarter of an hour for a silent one.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="inError">Whether a setting is known to be wrong already, by its full name: what follows from that is not told.</param>
    public static IEnumerable<string> Check(TelemetrySettings settings, Predicate<string> inError) =>
    [
        .. CheckCollector(settings, inError),
        .. CheckAzureMonitor(settings, inError),
        .. CheckRest(settings),
    ];

    private static IEnumerable<string> CheckCollector(TelemetrySettings settings, Predicate<string> inError)
    {
        if (settings.HasOtlp && !IsAddress(settings.OtlpEndpoint))
            yield return Wrong(nameof(settings.OtlpEndpoint), settings.OtlpEndpoint,
                "the address of an OpenTelemetry collector, e.g. http://localhost:4318, without a name and password");
        if (!Enum.IsDefined(settings.OtlpProtocol))
            yield return Wrong(
                nameof(settings.OtlpProtocol), settings.OtlpProtocol.ToString("D"), string.Join(" or ", Enum.GetNames<OtlpProtocol>()));
        if (settings.OtlpHeaders.Length > 0 && !settings.HasOtlp && !inError($"Telemetry:{nameof(settings.OtlpEndpoint)}"))
            yield return $"Telemetry:{nameof(settings.OtlpHeaders)} is set (not shown); allowed is that only together with "
                + $"Telemetry:{nameof(settings.OtlpEndpoint)}.";
        if (!settings.OtlpHeaders.Split(',', StringSplitOptions.RemoveEmptyEntries).All(IsHeader))
            yield return $"Telemetry:{nameof(settings.OtlpHeaders)} is something that may "
                + "be a secret (not shown); allowed is name=value,name=value.";
    }

    private static IEnumerable<string> CheckAzureMonitor(TelemetrySettings settings, Predicate<string> inError)
    {
        if (settings.HasAzureMonitor && !IsConnectionString(settings.AzureMonitorConnectionString))
            yield return $"Telemetry:{nameof(settings.AzureMonitorConnectionString)} is something that may be a secret (not shown); "
                + "allowed is the connection string of an "
                + "Application Insights resource as its overview page shows it, e.g. InstrumentationKey=…;IngestionEndpoint=https://….";
        if (settings.AzureMonitorSignIn && !settings.HasAzureMonitor
            && !inError($"Telemetry:{nameof(settings.AzureMonitorConnectionString)}"))
            yield return $"Telemetry:{nameof(settings.AzureMonitorSignIn)} is 'true'; allowed is that only together with "
                + $"Telemetry:{nameof(settings.AzureMonitorConnectionString)}.";
    }

    private static IEnumerable<string> CheckRest(TelemetrySettings settings)
    {
        if (settings.Proxy.Length > 0 && !IsAddress(settings.Proxy))
            yield return Wrong(
                nameof(settings.Proxy), settings.Proxy, "the proxy's address, e.g. http://proxy:8080, without a name and password");
        foreach (var error in SettingRule.Duration($"Telemetry:{nameof(settings.Interval)}", settings.Interval, Shortest, Longest))
            yield return error;
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;

    private static bool IsHeader(string header) => header.IndexOf('=', StringComparison.Ordinal) > 0;

    private static bool IsConnectionString(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return parts.TryGetValue("InstrumentationKey", out var key) && Guid.TryParse(key.ToString(), out _)
                && (!parts.TryGetValue("IngestionEndpoint", out var ingestion) || IsAddress(ingestion.ToString()!));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Wrong(string setting, string value, string allowed) => SettingRule.Wrong($"Telemetry:{setting}", value, allowed);
}
