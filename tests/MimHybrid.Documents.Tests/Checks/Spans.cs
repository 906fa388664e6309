using System.Text.RegularExpressions;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>Code within a sentence, known by how it begins: a command, a setting, a path. Anything else is a name, and not looked at.</summary>
internal static partial class Spans
{
    public static IEnumerable<string> Errors(Snippet span) => Read(span.Text).Select(error => $"{span.At} `{span.Text}`: {error}");

    private static IEnumerable<string> Read(string text)
    {
        var first = text.Split(' ')[0];
        if (text.StartsWith("> ", StringComparison.Ordinal)) return PowerShellText.Errors(text[2..]); // how tests/HandTests.md says: type this
        if (first is "mimhybrid" or "mimhybrid.exe" or "$m") return Product.UsageErrors(text[first.Length..]);
        if (IsPowerShell(text, first)) return PowerShellText.Errors(text);
        if (Programs.IsKnown(first) && first.Length < text.Length) return ShellLines.LineErrors(text);
        if (SettingName().Match(text) is { Success: true } setting) return SettingsJson.Knows(setting.Groups[1].Value + setting.Groups[2].Value) ? [] : ["there is no such setting"];
        if (SettingsText().IsMatch(text)) return SettingsJson.Errors($"{{{text}}}");
        return text.Contains(' ', StringComparison.Ordinal) || text.Contains('*', StringComparison.Ordinal) ? [] : Repository.MissingFiles([text]);
    }

    private static bool IsPowerShell(string text, string first) =>
        text.StartsWith("& ", StringComparison.Ordinal) || first.EndsWith(".ps1", StringComparison.Ordinal) && first.StartsWith('.') || PowerShellText.IsCommand(first.TrimStart('(')) && first.Length < text.Length;

    /// <summary><c>Graph:TenantId</c>, <c>SyncServer:Connection=Sandbox</c> or <c>MIMHYBRID_Graph__TenantId</c>.</summary>
    [GeneratedRegex(@"^(?:MIMHYBRID_([A-Z][a-z]\w*)|([A-Z][A-Za-z]+(?::[A-Z]\w*)+))(?:=.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SettingName();

    /// <summary><c>"Telemetry": { … }</c></summary>
    [GeneratedRegex(@"^""[A-Z]\w+"":\s", RegexOptions.CultureInvariant)]
    private static partial Regex SettingsText();
}
