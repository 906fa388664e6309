using System.Text.RegularExpressions;
using MimHybrid.Agent.Commands;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>Calls of <c>mimhybrid</c>, read by its own command line.</summary>
internal static partial class Product
{
    /// <summary>Words that stand for something of the reader's, where the command line would refuse the word itself. Any other word in capitals is taken as it is.</summary>
    private static readonly Dictionary<string, string> Placeholders = new()
    {
        ["N"] = "5",
        ["T"] = "2026-11-20",
        ["HH:MM:SS"] = "00:10:00",
        ["NAME=VALUE"] = "BootDelay=00:00:00",
        ["REHEARSAL"] = "mass-removal",
    };

    /// <summary>A word … stands for one of the reader's, or for further ones that are left out.</summary>
    public static IEnumerable<string> Errors(IReadOnlyList<string> words)
    {
        var errors = Read(words).ToList();
        return errors.Count > 0 && words.Contains("…") ? Read(words.Where(word => word != "…")) : errors;
    }

    private static IEnumerable<string> Read(IEnumerable<string> words)
    {
        string[] arguments = [.. words.Select(word => Placeholders.GetValueOrDefault(word, word))];
        return
        [
            .. CommandLine.Parse(arguments).Errors.Select(error => error.Message),
            .. arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == "--set").Select(pair => pair.Second.Split('=')[0])
                .Where(name => !SettingsJson.Knows(name)).Select(name => $"there is no setting {name}"),
        ];
    }

    /// <summary>
    /// The way of writing in a sentence: <c>[--json]</c> may be there or not, and is read alone, or where it needs another one, beside that;
    /// <c>a|b</c> is one or the other, and is read as each. What comes after a bar that stands alone is another program's.
    /// </summary>
    public static IEnumerable<string> UsageErrors(string arguments)
    {
        var text = arguments.Split(" | ")[0];
        var optional = Brackets().Matches(text).Select(match => match.Index).ToList();
        string With(params int[] kept) => Brackets().Replace(text, match => kept.Contains(match.Index) ? match.Groups[1].Value : "");
        return
        [
            .. TextErrors(With()),
            .. optional.SelectMany(one => optional.Select(other => TextErrors(With(one, other)).ToList()).Prepend([.. TextErrors(With(one))]).MinBy(errors => errors.Count)!),
        ];
    }

    private static IEnumerable<string> TextErrors(string arguments) => Alternatives(arguments).SelectMany(text =>
        Words.Of(text) is { } words ? Errors(words).Select(error => $"{error}, as: mimhybrid {text}") : [$"a quote is not closed: {text}"]);

    private static IEnumerable<string> Alternatives(string text) => Choice().Match(text) is { Success: true } choice
        ? choice.Value.Split('|').SelectMany(one => Alternatives(text[..choice.Index] + one + text[(choice.Index + choice.Length)..]))
        : [text];

    [GeneratedRegex(@"\[([^\[\]]*)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"[^\s|""]+(?:\|[^\s|""]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Choice();
}
