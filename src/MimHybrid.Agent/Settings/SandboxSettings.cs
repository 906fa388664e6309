namespace MimHybrid.Agent.Settings;

/// <summary>The section <c>Sandbox</c>: how the pretend world behaves.</summary>
internal sealed class SandboxSettings
{
    /// <summary>How long each run of the sandbox's sync server takes beyond its work.</summary>
    public TimeSpan StepDuration { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Whether guests are invited, changed and deleted by themselves.</summary>
    public bool Story { get; set; } = true;

    public IEnumerable<string> Validate() =>
        SettingRule.Duration("Sandbox:StepDuration", StepDuration, TimeSpan.Zero, TimeSpan.FromHours(1));
}
