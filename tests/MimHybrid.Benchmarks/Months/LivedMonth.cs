namespace MimHybrid.Benchmarks.Months;

/// <summary>One month under one schedule, when it is over.</summary>
/// <param name="Server">What MIM did.</param>
/// <param name="Report">What the schedule says of itself.</param>
/// <param name="Arrivals">The invited guests, in their order.</param>
internal sealed record LivedMonth(ModelServer Server, ScheduleReport Report, IReadOnlyList<GuestArrival> Arrivals)
{
    public static LivedMonth Live(MonthSetup setup, ISchedule schedule)
    {
        var tenant = new TenantMonth(setup);
        var server = new ModelServer(setup, tenant);
        var report = schedule.Live(setup, tenant, server);
        return new LivedMonth(server, report, [.. Arrive(tenant, server)]);
    }

    private static IEnumerable<GuestArrival> Arrive(TenantMonth tenant, ModelServer server)
    {
        for (var index = 0; index < tenant.Events.Count; index++)
            if (tenant.Events[index] is { Kind: TenantEventKind.Invited } invited)
                yield return new GuestArrival(
                    invited.InBurst,
                    (server.ExportedAt[index] - invited.At)?.TotalSeconds,
                    (server.ConfirmedAt[index] - invited.At)?.TotalSeconds,
                    Meets(tenant, invited.At, server.ConfirmedAt[index] ?? DateTimeOffset.MaxValue));
    }

    private static bool Meets(TenantMonth tenant, DateTimeOffset from, DateTimeOffset to) =>
        tenant.GraphIsAway.Meets(from, to) || tenant.MimIsAway.Meets(from, to);
}

/// <summary>How long one guest waited, in seconds; null: still waits when the month is over.</summary>
/// <param name="InBurst">Invited by a script, with hundreds of others.</param>
/// <param name="Exported">Until the account was in the directory.</param>
/// <param name="Confirmed">Until MIM had read it back.</param>
/// <param name="InOutage">Graph or MIM was away while the guest waited.</param>
internal sealed record GuestArrival(bool InBurst, double? Exported, double? Confirmed, bool InOutage);
