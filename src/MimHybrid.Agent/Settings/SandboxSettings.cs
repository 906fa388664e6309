namespace MimHybrid.Agent.Settings;

/// <summary>The section <c>Sandbox</c>: how the pretend world behaves.</summary>
internal sealed class SandboxSettings
{
    /// <summary>How long each run of the sandbox's sync server takes beyond its work.</summary>
    public TimeSpan StepDuration { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Whether guests are invited, changed and deleted by themselves.</summary>
    public bool Story { get; set; } = true;

    public IEnumerable<string> Validate()
    {
        if (StepDuration < TimeSpan.Zero || StepDuration > TimeSpan.FromHours(1))
            yield return $"Sandbox:StepDuration is '{StepDuration:c}'; allowed is a duration from 00:00:00 to 01:00:00.";
    }
}
