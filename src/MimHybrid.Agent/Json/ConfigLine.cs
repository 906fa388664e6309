namespace MimHybrid.Agent.Json;

/// <summary>The settings in force, the contract of <c>config show --json</c>.</summary>
internal sealed record ConfigLine(IReadOnlyList<SettingLine> Settings, IReadOnlyList<string> Errors);

/// <summary>One setting, and where its value comes from.</summary>
internal sealed record SettingLine(string Name, string? Value, string Source);
