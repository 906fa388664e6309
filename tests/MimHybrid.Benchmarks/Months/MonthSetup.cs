using System.Globalization;

namespace MimHybrid.Benchmarks.Months;

/// <summary>
/// What a month is made of. The durations are a rough model of run profiles, an assumption: nobody has measured them on a MIM server yet.
/// Whoever has, gives them as arguments.
/// </summary>
internal sealed record MonthSetup
{
    /// <summary>A Monday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    public int Users { get; init; } = 50_000;

    /// <summary>On a working day; a tenth of it on a day of the weekend.</summary>
    public int InvitationsADay { get; init; } = 40;

    /// <summary>Guests invited by one script, twice a month.</summary>
    public int Burst { get; init; } = 500;

    /// <summary>Of a thousand members, so many join, leave or are edited on a working day.</summary>
    public int Churn { get; init; } = 1;

    public int Days { get; init; } = 30;

    /// <summary>The seed of the first month; each further one has the next.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Months that are lived one by one and told as one: in a single one much hangs on the minute at which a burst or an outage begins.
    /// </summary>
    public int Months { get; init; } = 10;

    /// <summary>What any run profile takes, whatever there is to do.</summary>
    public TimeSpan ProfileStart { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A full import, for each object of the connector space.</summary>
    public TimeSpan FullImport { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>A full synchronization, for each object of the connector space.</summary>
    public TimeSpan FullSynchronization { get; init; } = TimeSpan.FromMilliseconds(4);

    /// <summary>Any profile, for each changed object.</summary>
    public TimeSpan Change { get; init; } = TimeSpan.FromMilliseconds(50);

    public DateTimeOffset End => Start.AddDays(Days);

    /// <summary>One user in 25 is a guest when the month begins.</summary>
    public int Guests => Users / 25;

    /// <summary>Null: an argument that is none.</summary>
    public MonthSetup? With(string argument) => argument.Split('=') is [var name, var text]
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? name switch
        {
            "invitations" => this with { InvitationsADay = value },
            "burst" => this with { Burst = value },
            "churn" => this with { Churn = value },
            "months" when value > 0 => this with { Months = value },
            "seed" => this with { Seed = value },
            "start" => this with { ProfileStart = TimeSpan.FromSeconds(value) },
            "import" => this with { FullImport = TimeSpan.FromMilliseconds(value) },
            "synchronization" => this with { FullSynchronization = TimeSpan.FromMilliseconds(value) },
            "change" => this with { Change = TimeSpan.FromMilliseconds(value) },
            _ => null,
        }
        : null;
}
