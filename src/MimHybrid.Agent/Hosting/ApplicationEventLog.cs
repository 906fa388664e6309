using System.Diagnostics.Eventing.Reader;
using System.Globalization;
using System.Runtime.Versioning;
using MimHybrid.Mim;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// The exceptions that MIM's connectors leave in the Application event log of the sync server
/// (MimHybrid.Mim/README.md#an-exception-of-a-connector). Only Windows can show whether this finds them: no test can.
/// </summary>
internal static class ApplicationEventLog
{
    private const int Most = 3;

    /// <summary>Null where there is no event log.</summary>
    public static ConnectorLog? Of(SyncServerSettings settings) => OperatingSystem.IsWindows()
        ? new ConnectorLog(since => OperatingSystem.IsWindows() ? Read(settings.ComputerName, since) : [])
        : null;

    [SupportedOSPlatform("windows")]
    private static List<string> Read(string? computer, DateTimeOffset since)
    {
        using var session = string.IsNullOrEmpty(computer) ? new EventLogSession() : new EventLogSession(computer);
        var from = since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var query = new EventLogQuery(
            "Application",
            PathType.LogName,
            "*[System[((Provider[@Name='FIMSynchronizationService'] and EventID=6801) or (Provider[@Name='ConnectorsLog'] and Level<=2)) "
            + $"and TimeCreated[@SystemTime>='{from}']]]")
        {
            Session = session,
        };

        using var reader = new EventLogReader(query);
        var messages = new List<string>();
        while (messages.Count < Most && reader.ReadEvent() is { } entry)
        {
            using (entry)
                messages.Add($"{entry.ProviderName} {entry.Id}: {entry.FormatDescription() ?? Values(entry)}");
        }

        return messages;
    }

    // Where the source's own texts are not installed, what would stand in them.
    [SupportedOSPlatform("windows")]
    private static string Values(EventRecord entry) => string.Join(' ', entry.Properties.Select(property => property.Value));
}
