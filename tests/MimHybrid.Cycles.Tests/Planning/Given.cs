using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>Snapshots and settings to start a sentence with.</summary>
internal static class Given
{
    /// <summary>A Sunday, noon, UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The shipped settings, changed where the test says.</summary>
    public static AgentSettings SettingsWith(Action<AgentSettings>? change = null)
    {
        var settings = new AgentSettings();
        change?.Invoke(settings);
        return settings;
    }

    /// <summary>Nothing pending, last Full ten minutes ago, booted yesterday, 100 guests.</summary>
    public static AgentSnapshot Quiet => new()
    {
        BootedAt = Noon.AddDays(-1),
        Guests = 100,
        LastSuccess = new Dictionary<string, DateTimeOffset> { ["Full"] = Noon.AddMinutes(-10) },
    };

    /// <summary>Its last Full is from before this Sunday, and is due; everything was read this night.</summary>
    public static AgentSnapshot OldFull => Quiet.LastFull(secondsAgo: 90_000).LastNightly(secondsAgo: 25_000);

    public static AgentSnapshot With(this AgentSnapshot snapshot, int added = 0, int removed = 0, int secondsAgo = 3600) => snapshot with
    {
        Pending = new PendingChanges(
            new[] { (Kind: ChangeKind.Added, Count: added), (Kind: ChangeKind.Removed, Count: removed) }
                .Where(kind => kind.Count > 0).ToDictionary(kind => kind.Kind, kind => (long)kind.Count),
            removed,
            Noon.AddSeconds(-secondsAgo),
            Noon.AddSeconds(-secondsAgo),
            added > 0 ? Noon.AddSeconds(-secondsAgo) : null),
    };

    public static AgentSnapshot Forced(this AgentSnapshot snapshot, string? sequence = null, bool pastWindow = false) =>
        snapshot with { Forced = new ForcedRequest(1, sequence, @"CONTOSO\ada", Noon, pastWindow) };

    /// <summary>Cycles of a sequence failed, all sequences unless one is named; the last Full that ended well was before.</summary>
    public static AgentSnapshot Failed(this AgentSnapshot snapshot, int times, int secondsAgo, bool needsPerson = false, string? sequence = null)
    {
        var streak = new FailureStreak(times, 7, Noon.AddSeconds(-secondsAgo), "AADMA Delta Import: stopped-server-down.", needsPerson);
        string[] sequences = sequence is null ? ["ChangeDriven", "Fallback", "Nightly", "Full"] : [sequence];
        return snapshot with { Failures = snapshot.Failures.Concat(sequences.Select(name => KeyValuePair.Create(name, streak))).ToDictionary() };
    }

    public static AgentSnapshot LastFull(this AgentSnapshot snapshot, int secondsAgo) =>
        snapshot with { LastSuccess = new Dictionary<string, DateTimeOffset> { ["Full"] = Noon.AddSeconds(-secondsAgo) } };

    public static AgentSnapshot LastFallback(this AgentSnapshot snapshot, int secondsAgo) => snapshot with
    {
        LastSuccess = snapshot.LastSuccess.Append(KeyValuePair.Create("Fallback", Noon.AddSeconds(-secondsAgo))).ToDictionary(),
    };

    public static AgentSnapshot LastNightly(this AgentSnapshot snapshot, int secondsAgo) => snapshot with
    {
        LastSuccess = snapshot.LastSuccess.Append(KeyValuePair.Create("Nightly", Noon.AddSeconds(-secondsAgo))).ToDictionary(),
    };

    /// <summary>As shipped before there was a Fallback, and as whoever has set it keeps it.</summary>
    public static void HourlyFull(this AgentSettings settings)
    {
        settings.Functions["FallbackCycle"].Sequence = "Full";
        foreach (var timer in new[] { "NightlyCycle", "WeeklyFull" }) settings.Functions[timer].Enabled = false;
    }

    public static void WindowFrom(this AgentSettings settings, string cron, int hours) =>
        settings.MaintenanceWindows.Add(new MaintenanceWindowSettings { Cron = cron, Duration = TimeSpan.FromHours(hours) });

    public static Decision Decide(this AgentSnapshot snapshot, AgentSettings? settings = null, DateTimeOffset? now = null) =>
        new CyclePlanner(settings ?? new AgentSettings(), TimeZoneInfo.Utc).Decide(snapshot, now ?? Noon);
}
