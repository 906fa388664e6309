namespace MimHybrid.Agent.Checks;

/// <summary>
/// This server's clock beside Graph's: a sign-in with a certificate is refused when they differ by some minutes
/// (MimHybrid.Graph/README.md#sign-in-codes).
/// </summary>
internal sealed class ClockCheck() : QuickCheck("clock")
{
    private static readonly TimeSpan Tolerable = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TooMuch = TimeSpan.FromMinutes(5);

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName];

    protected override IEnumerable<Finding> Look(CheckContext context) => [Judge(context.Graph?.ClockSkew)];

    /// <param name="skew">How far Graph's clock is ahead; null when Graph did not answer.</param>
    public Finding Judge(TimeSpan? skew)
    {
        if (skew is not { } known) return Skipped("Graph did not say its time", "correct sign-in and graph first");
        var saw = $"this server's clock is {known.Duration():hh\\:mm\\:ss} {(known < TimeSpan.Zero ? "ahead of" : "behind")} Graph's";
        const string todo = "look at the time service: w32tm /query /status, then w32tm /resync";
        if (known.Duration() > TooMuch) return Failed(saw, todo);
        return known.Duration() > Tolerable ? Warning(saw, todo) : Ok("agrees with Graph's clock");
    }
}
