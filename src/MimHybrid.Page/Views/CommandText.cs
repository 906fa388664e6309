using System.Globalization;
using System.Text.RegularExpressions;

namespace MimHybrid.Page.Views;

/// <summary>A piece of a sentence: words, or a command that one types.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="IsCommand">Whether it is typed.</param>
/// <param name="Cycle">The cycle that the command shows in full; null for every other.</param>
public sealed record CommandPart(string Text, bool IsCommand, long? Cycle);

/// <summary>Commands within sentences: the sentences are those of <c>status</c>, which name what one types.</summary>
public static partial class CommandText
{
    public static IEnumerable<CommandPart> Parts(string sentence)
    {
        var at = 0;
        foreach (Match command in Command.Matches(sentence))
        {
            if (command.Index > at) yield return new CommandPart(sentence[at..command.Index], IsCommand: false, null);
            long? cycle = command.Groups["cycle"] is { Success: true, Value: var number }
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            yield return new CommandPart(command.Value, IsCommand: true, cycle);
            at = command.Index + command.Length;
        }

        if (at < sentence.Length) yield return new CommandPart(sentence[at..], IsCommand: false, null);
    }

    [GeneratedRegex(
        @"mimhybrid (?:approve removals|log (?<cycle>\d+)|log|guest|check|status|stop|resync|config show|config discover"
        + @"|run --dry-run|run|--force(?: --sequence \w+)?)\b|taskkill /F /PID \d+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Command { get; }
}
