namespace MimHybrid.Agent.Settings;

/// <summary>The settings cannot be used. Each line names a setting, its value and what is allowed.</summary>
internal sealed class SettingsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;

    /// <summary>The settings file, where the errors are about settings.</summary>
    public string? File { get; init; }
}
