namespace MimHybrid.Documents.Tests.Checks;

/// <summary>The programs that the documents call, and what is known of their arguments.</summary>
internal static class Programs
{
    /// <summary>Others' programs, of Linux and of Windows. One more is written down here after a look at its own documentation.</summary>
    private static readonly HashSet<string> OfOthers =
        ["apt-get", "cd", "certutil", "cmd", "cp", "fsutil", "git", "icacls", "jq", "sc", "secedit", "sha256sum", "sqlite3", "taskkill", "w32tm", "whoami"];

    private static readonly HashSet<string> SwitchesOfSchtasks = new(StringComparer.OrdinalIgnoreCase)
        { "/Create", "/Query", "/Run", "/End", "/Delete", "/Change", "/TN", "/XML", "/RU", "/RP", "/F", "/FO", "/V", "/DISABLE", "/ENABLE" };

    public static bool IsKnown(string name) => Name(name) is "mimhybrid" or "az" or "dotnet" or "schtasks" or "runas" || OfOthers.Contains(Name(name));

    public static IEnumerable<string> Errors(IReadOnlyList<string> words)
    {
        if (words.Count == 0) return ["there is no command"];
        string[] arguments = [.. words.Skip(1)];
        var errors = Name(words[0]) switch
        {
            "mimhybrid" => Product.Errors(arguments),
            "az" => Az.Errors(arguments),
            "dotnet" => DotNet.Errors(arguments),
            "schtasks" => arguments.Where(word => word.StartsWith('/') && !SwitchesOfSchtasks.Contains(word)).Select(word => $"schtasks has no {word}"),
            "runas" => arguments is [.., var command] ? ShellLines.LineErrors(command) : ["runas runs nothing"],
            var name when OfOthers.Contains(name) => [],
            _ => [$"{words[0]} is no program that these documents use"],
        };
        return errors.Concat(Repository.MissingFiles(arguments));
    }

    /// <summary>Without its folder, and as Windows would find it.</summary>
    private static string Name(string program)
    {
        var leaf = program.Replace('\\', '/').Split('/')[^1];
        return leaf.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? leaf[..^4] : leaf;
    }
}
