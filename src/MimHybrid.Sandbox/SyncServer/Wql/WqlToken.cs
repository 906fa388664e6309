using System.Text;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Sandbox.SyncServer.Wql;

internal enum WqlTokenKind
{
    Word,
    Text,
    Sign,
    End,
}

internal readonly record struct WqlToken(WqlTokenKind Kind, string Value)
{
    private static readonly string[] Signs = ["<>", "<=", ">=", "=", "<", ">", ",", "*"];

    public bool IsWord(string word) => Kind == WqlTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(string sign) => Kind == WqlTokenKind.Sign && Value == sign;

    /// <exception cref="CimConnectionException">A character that WQL does not know, or a text without an end.</exception>
    public static List<WqlToken> Split(string query)
    {
        List<WqlToken> tokens = [];
        var position = 0;
        while (position < query.Length)
        {
            if (char.IsWhiteSpace(query[position]))
                position++;
            else
                tokens.Add(Read(query, ref position));
        }

        tokens.Add(new WqlToken(WqlTokenKind.End, "the end"));
        return tokens;
    }

    private static WqlToken Read(string query, ref int position)
    {
        if (query[position] is '\'' or '"')
            return new WqlToken(WqlTokenKind.Text, ReadText(query, ref position));

        var start = position;
        while (position < query.Length && (char.IsAsciiLetterOrDigit(query[position]) || query[position] == '_'))
            position++;
        if (position > start)
            return new WqlToken(WqlTokenKind.Word, query[start..position]);

        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(query, position, sign, 0, sign.Length) != 0)
                continue;
            position += sign.Length;
            return new WqlToken(WqlTokenKind.Sign, sign);
        }

        throw new CimConnectionException(CimFailure.InvalidQuery, $"'{query[position]}' is not WQL.");
    }

    /// <summary>WQL escapes the backslash and both quotes with a backslash.</summary>
    private static string ReadText(string query, ref int position)
    {
        var quote = query[position++];
        var text = new StringBuilder();
        while (position < query.Length && query[position] != quote)
        {
            if (query[position] == '\\' && ++position >= query.Length)
                break;
            text.Append(query[position++]);
        }

        if (position++ >= query.Length)
            throw new CimConnectionException(CimFailure.InvalidQuery, "A text in the query has no closing quote.");
        return text.ToString();
    }
}
