namespace MimHybrid.Agent.Checks;

/// <summary>The settings, every error at once.</summary>
internal sealed class SettingsCheck() : QuickCheck(CheckName)
{
    public const string CheckName = "settings";

    protected override IEnumerable<Finding> Look(Examined examined) => examined.Settings is { } settings
        ? [Ok($"watching {settings.Watched}, running {settings.Served}")]
        : examined.SettingsErrors.Select(error => Failed(error.TrimEnd('.'), "correct the settings; where each value comes from: mimhybrid config show"));
}
