namespace MimHybrid.Documents.Tests.Checks;

/// <summary>The programs that the documents call, and what is known of their arguments.</summary>
internal static class Programs
{
    public static bool IsKnown(string name) => Name(name) is "mimhybrid" or "az" or "dotnet" or "runas" || Native.Knows(Name(name));

    public static IEnumerable<string> Errors(IReadOnlyList<string> words)
    {
        if (words.Count == 0) return ["there is no command"];
        string[] arguments = [.. words.Skip(1)];
        var errors = Name(words[0]) switch
        {
            "mimhybrid" => Product.Errors(arguments),
            "az" => Az.Errors(arguments),
            "dotnet" => DotNet.Errors(arguments),
            "runas" => arguments is ["/user:MIMSyncUser", var command] ? ShellLines.LineErrors(command) : ["runas is used with /user:MIMSyncUser and one command"],
            var name when Native.Knows(name) => Native.Errors(name, arguments),
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
