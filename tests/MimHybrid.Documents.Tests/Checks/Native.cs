using System.Text.RegularExpressions;
using MimHybrid.Agent.Checks;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>
/// Programs of Windows and of Linux that the documents call, each with the forms in which they do. A word of a form is a regular expression, <c>*</c> any word that is no switch. One more is
/// written down here after a look at https://learn.microsoft.com/windows-server/administration/windows-commands/ or at the program's manual page.
/// </summary>
internal static class Native
{
    private static readonly Dictionary<string, string[]> Forms = new()
    {
        ["cd"] = ["*"],
        ["cmd"] = [""],
        ["dotnet-stryker"] = [@"-t mtp -p [\w.]+\.csproj -m * -r ClearText -O *"],
        ["fsutil"] = ["file createnew * *"],
        ["git"] = ["diff"],
        ["icacls"] = ["*", @"* /grant [^:]+:(\((OI|CI|IO|NP|I)\))*(F|M|RX|R|W|D)"],
        ["ConvertFrom-Json"] = [""],
        ["reg"] = [@"query HKLM\\[\w\\]+", Regex.Escape(EventLogCheck.Remedy["reg ".Length..]).Replace(@"\ ", " ", StringComparison.Ordinal)],
        ["sc"] = ["(query|qc|qfailure|qmanagedaccount) *"],
        ["schtasks"] =
        [
            @"/Create /TN * /XML * /RU * /RP \*", "/Query /TN * /XML", "/Run /TN *", "/Change /TN * /(DISABLE|ENABLE)", "/Change /TN * /RU *", "/Delete /TN * /F",
        ],
        ["secedit"] = ["/export /areas USER_RIGHTS /cfg *"],
        ["sha256sum"] = ["--check *"],
        ["taskkill"] = ["/F /IM *"],
        ["w32tm"] = ["/resync"],
    };

    public static bool Knows(string name) => Forms.ContainsKey(name);

    public static IEnumerable<string> Errors(string name, string[] arguments)
    {
        var line = string.Join('\n', arguments);
        return Forms[name].Any(form => Fits(form, line)) ? [] : [$"{name} {string.Join(' ', arguments)}: it does not take that, or these documents do not use it so"];
    }

    private static bool Fits(string form, string line) =>
        Regex.IsMatch(line, $"^{string.Join('\n', form.Split(' ').Select(word => word == "*" ? @"[^/\n][^\n]*" : $"(?:{word})"))}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
