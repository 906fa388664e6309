namespace MimHybrid.Mim;

/// <summary>A text of somebody else's made fit to stand in a sentence of ours.</summary>
internal static class Sentence
{
    /// <summary>On one line, not longer than that, and with a stop at its end.</summary>
    public static string Of(string? text, int longest = 300)
    {
        var words = (text ?? "").Split([' ', '\t', '\r', '\n', '\0'], StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words);
        return line.Length == 0 ? ""
            : line.Length > longest ? $"{line[..longest].TrimEnd()}…"
            : line[^1] is '.' or '!' or '?' ? line
            : $"{line}.";
    }
}
