using System.Text;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>The words of a command line, as sh and Command Prompt agree on them: quotes hold a word together, and are not a part of it.</summary>
internal static class Words
{
    /// <summary>Null when a quote is not closed.</summary>
    public static IReadOnlyList<string>? Of(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, any) = ('\0', false);
        foreach (var character in line)
        {
            if (quote != '\0' && character == quote) quote = '\0';
            else if (quote != '\0') word.Append(character);
            else if (character is '"' or '\'') (quote, any) = (character, true);
            else if (!char.IsWhiteSpace(character)) word.Append(character);
            else if (word.Length > 0 || any)
            {
                words.Add(word.ToString());
                word.Clear();
                any = false;
            }
        }

        if (word.Length > 0 || any) words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }

    /// <summary>The commands of a line: those between pipes, and one after the other.</summary>
    public static IEnumerable<IReadOnlyList<string>> Commands(IReadOnlyList<string> words)
    {
        var command = new List<string>();
        foreach (var word in words)
        {
            if (word is not ("|" or "&&" or "||" or ";" or "&"))
            {
                command.Add(word);
                continue;
            }

            yield return command;
            command = [];
        }

        yield return command;
    }
}
