using System.CommandLine;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Agent.Commands;

/// <summary>The switches of <c>run</c>, with which it also answers when no command is given.</summary>
/// <param name="common">The switches that every command has.</param>
internal sealed class RunOptions(CommonOptions common)
{
    /// <summary>A timer of the framework can wait no longer than 49 days.</summary>
    private static readonly TimeSpan LongestLimit = TimeSpan.FromDays(49);

    private readonly Option<bool> force = new("--force")
    {
        Description = "Run a cycle now and wait for it. An agent that runs on this data folder does the work; else this process does.",
    };

    private readonly Option<string?> sequence = new("--sequence")
    {
        HelpName = "NAME",
        Description = $"With --force: the sequence to run, {string.Join(" or ", ShippedSequences.Names)}. Default: that of the function "
            + $"ForcedRun ({ShippedSequences.Full}).",
    };

    private readonly Option<bool> pastWindow = new("--past-window") { Description = "With --force: run inside a maintenance window too." };

    private readonly Option<bool> once = new("--once") { Description = "One poll, at most one cycle, then end." };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Say what would be run and why; run nothing." };

    private readonly DurationOption limit = new("--for", LongestLimit)
    {
        Description = "End after this time, as with Ctrl+C: for demos and tests.",
    };

    private readonly Option<bool> verbose = new("--verbose")
    {
        Description = "Tell more, e.g. each page that is read and, in the sandbox, each run as MIM sees it.",
    };

    private Option[] Own => [force, sequence, pastWindow, once, dryRun, limit, verbose];

    /// <summary>A switch of <c>run</c> before the name of another command is a mistake, not something to ignore.</summary>
    public void RefuseBeside(IEnumerable<Command> others)
    {
        foreach (var command in others)
            command.Validators.Add(result =>
            {
                foreach (var option in Own.Where(option => result.GetResult(option) is { Implicit: false }))
                    result.AddError($"{option.Name} belongs to run, not to {command.Name}.");
            });
    }

    /// <summary>
    /// Whether something of <c>run</c> was asked for by name. Where things are, and how much is said, asks for nothing.
    /// </summary>
    public bool AsksForRun(ParseResult parsed) =>
        Own.Except([verbose]).Any(option => parsed.GetResult(option) is { Implicit: false });

    public void AddTo(Command command)
    {
        foreach (var option in Own) command.Options.Add(option);
        common.AddTo(command);
        command.Validators.Add(result =>
        {
            bool Given(Option option) => CommonOptions.IsGiven(result, option);
            if (!Given(force) && (Given(sequence) || Given(pastWindow)))
                result.AddError("--sequence and --past-window go with --force.");
            if (Given(force) && Given(once))
                result.AddError("--force and --once exclude each other: --force already ends after its cycle.");
            if (Given(limit) && (Given(force) || Given(once) || Given(dryRun)))
                result.AddError("--for is for the agent alone, not for --force, --once or --dry-run.");
            if (common.HasRehearsal(result) && (Given(force) || Given(once) || Given(dryRun)))
                result.AddError("A rehearsal is played while the agent runs, not with --force, --once or --dry-run: leave its name out.");
        });
    }

    public RunValues Read(ParseResult parsed) => new(common.Read(parsed))
    {
        Force = parsed.GetValue(force),
        Sequence = parsed.GetValue(sequence),
        PastWindow = parsed.GetValue(pastWindow),
        Once = parsed.GetValue(once),
        DryRun = parsed.GetValue(dryRun),
        Limit = parsed.GetValue(limit),
        Verbose = parsed.GetValue(verbose),
    };
}

/// <summary>What the switches came to.</summary>
internal sealed record RunValues(CommonValues Common)
{
    public bool Force { get; init; }

    public string? Sequence { get; init; }

    public bool PastWindow { get; init; }

    public bool Once { get; init; }

    public bool DryRun { get; init; }

    /// <summary>How long the agent runs; null for ever.</summary>
    public TimeSpan? Limit { get; init; }

    public bool Verbose { get; init; }
}
