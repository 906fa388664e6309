using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Settings;

/// <summary>One step of a sequence as an administrator writes it.</summary>
public sealed class StepSettings
{
    public string ManagementAgent { get; set; } = "";

    public string RunProfile { get; set; } = "";

    /// <summary>What the run profile does. Left out, it is read from the profile's name, as MIM's guides name them.</summary>
    public StepKind? Kind { get; set; }

    public StepCondition When { get; set; } = StepCondition.Always;

    /// <summary>The profile to run instead when MIM says that this import needs a full one.</summary>
    public string? FullImport { get; set; }

    /// <summary>This step is stopped when it takes longer. Left out, SyncServer:LongestRun says it, as for all steps.</summary>
    public TimeSpan? LongestRun { get; set; }

    public Step ToStep() => new(ManagementAgent, RunProfile, Kind ?? KindFromName(RunProfile) ?? StepKind.Import, When)
    {
        FullImport = string.IsNullOrWhiteSpace(FullImport) ? null : FullImport,
        LongestRun = LongestRun,
    };

    internal static StepKind? KindFromName(string runProfile)
    {
        // More than one word, as in "Export and Delta Import": a guess could export past the removal guard.
        (string Word, StepKind Kind)[] words = [("Import", StepKind.Import), ("Sync", StepKind.Synchronization),
            ("Export", StepKind.Export)];
        return words.Where(word => runProfile.Contains(word.Word, StringComparison.OrdinalIgnoreCase)).ToArray() is [var only]
            ? only.Kind
            : null;
    }
}
