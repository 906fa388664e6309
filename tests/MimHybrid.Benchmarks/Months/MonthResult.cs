namespace MimHybrid.Benchmarks.Months;

/// <summary>
/// What one schedule came to. Times are in seconds, from the invitation, of all months together; counts and hours are those of a month,
/// the mean.
/// </summary>
internal sealed record MonthResult
{
    public required string Schedule { get; init; }

    public required int Users { get; init; }

    public required int Months { get; init; }

    public required double Invited { get; init; }

    /// <summary>Not confirmed when the month ended.</summary>
    public required double Pending { get; init; }

    public required double Median { get; init; }

    /// <summary>Of guests invited by people, one by one.</summary>
    public required double MedianWithoutBursts { get; init; }

    public required double Percentile95 { get; init; }

    public required double Longest { get; init; }

    /// <summary>Of guests in whose wait neither Graph nor MIM was away.</summary>
    public required double LongestWithoutOutages { get; init; }

    /// <summary>Until the account was in the directory, whether or not MIM had read it back.</summary>
    public required double MedianExported { get; init; }

    public required double BusyHours { get; init; }

    public required double ProfilesRun { get; init; }

    public required double IdleSynchronizations { get; init; }

    public required double RequestsOfTheAgent { get; init; }

    public required double RequestsOfMim { get; init; }

    public required double ExportedAfterFailedImport { get; init; }

    public required double Approvals { get; init; }

    public double Requests => RequestsOfTheAgent + RequestsOfMim;

    /// <summary>By sequence: of all months together.</summary>
    public required IReadOnlyList<SequenceReport> Cycles { get; init; }

    /// <summary>Every hundredth of the waits for a confirmed account, from the shortest to the longest.</summary>
    public required IReadOnlyList<double> Waits { get; init; }

    public static MonthResult Of(MonthSetup setup, ISchedule schedule)
    {
        var seeds = Enumerable.Range(setup.Seed, setup.Months);
        var months = seeds.Select(seed => LivedMonth.Live(setup with { Seed = seed }, schedule)).ToArray();
        var arrivals = months.SelectMany(month => month.Arrivals).ToArray();
        var alone = arrivals.Where(arrival => !arrival.InBurst);
        var served = arrivals.Where(arrival => !arrival.InOutage);
        var confirmed = Sort(arrivals.Select(arrival => arrival.Confirmed));
        var report = months.Select(month => month.Report).Aggregate((one, other) => one + other);
        double Mean(Func<ModelServer, double> count) => months.Average(month => count(month.Server));
        return new MonthResult
        {
            Schedule = schedule.Name,
            Users = setup.Users,
            Months = setup.Months,
            Invited = (double)arrivals.Length / setup.Months,
            Pending = (double)(arrivals.Length - confirmed.Length) / setup.Months,
            Median = Share(confirmed, 0.5),
            MedianWithoutBursts = Share(Sort(alone.Select(arrival => arrival.Confirmed)), 0.5),
            Percentile95 = Share(confirmed, 0.95),
            Longest = Share(confirmed, 1),
            LongestWithoutOutages = Share(Sort(served.Select(arrival => arrival.Confirmed)), 1),
            MedianExported = Share(Sort(arrivals.Select(arrival => arrival.Exported)), 0.5),
            BusyHours = Mean(server => server.Busy.TotalHours),
            ProfilesRun = Mean(server => server.ProfilesRun),
            IdleSynchronizations = Mean(server => server.IdleSynchronizations),
            RequestsOfTheAgent = (double)report.Requests / setup.Months,
            RequestsOfMim = Mean(server => server.Requests),
            ExportedAfterFailedImport = Mean(server => server.ExportedAfterFailedImport),
            Approvals = (double)report.Approvals / setup.Months,
            Cycles = report.Cycles,
            Waits = [.. Enumerable.Range(0, 101).Select(percent => Share(confirmed, percent / 100.0))],
        };
    }

    private static double[] Sort(IEnumerable<double?> waits) => [.. waits.OfType<double>().Order()];

    private static double Share(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
