namespace MimHybrid.Benchmarks.Growth;

/// <summary>What one store of one size takes: milliseconds, but for the size.</summary>
internal sealed record GrowthFigures
{
    public required int Cycles { get; init; }

    public required int Guests { get; init; }

    public double Megabytes { get; set; }

    /// <summary>Opening a store of version 1: the check of the whole file, all migrations, and the commit.</summary>
    public double Migration { get; set; }

    /// <summary>Opening it the next time.</summary>
    public double Opening { get; set; }

    public double Snapshot { get; set; }

    public double LastTwenty { get; set; }

    /// <summary>A guest who came alone, found by a part of the mail that no other has.</summary>
    public double FindOne { get; set; }

    /// <summary>The same guest with all that happened, from the guests and from the changes.</summary>
    public double FindGuest { get; set; }

    /// <summary>A part that no guest has.</summary>
    public double FindNone { get; set; }

    /// <summary>The newest ten cycles with a part that nearly all guests have.</summary>
    public double FindMany { get; set; }

    /// <summary>A round with one new guest.</summary>
    public double Round { get; set; }

    /// <summary>A poll without a change.</summary>
    public double IdlePoll { get; set; }

    /// <summary>200 cycles: as many as one transaction removes.</summary>
    public double Trimming { get; set; }

    public double StatusCommand { get; set; }

    public double LogCommand { get; set; }

    public double GuestCommand { get; set; }

    public double LogGuestCommand { get; set; }
}
