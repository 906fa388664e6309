using System.Text;
using System.Xml;

namespace MimHybrid.Mim.Runs;

internal static class XmlReaderExtensions
{
    // A stack trace of a rules extension can be long, and 10,000 errors may be kept.
    private const int LongestText = 2_000;

    /// <summary>
    /// Offers the elements inside the current one. <paramref name="read"/> must move past what it is offered: with ReadText or Skip, or
    /// with Read, to be offered what is inside as well.
    /// </summary>
    public static void ReadChildren(this XmlReader reader, Action<string> read)
    {
        var depth = reader.Depth;
        var empty = reader.IsEmptyElement;
        reader.Read();
        if (empty)
            return;

        while (!reader.EOF && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
                read(reader.LocalName);
            else
                reader.Read();
        }

        reader.Read();
    }

    /// <summary>
    /// Takes all text inside the current element, whatever else is in there, and moves past it. Control characters become spaces.
    /// </summary>
    public static string ReadText(this XmlReader reader)
    {
        var depth = reader.Depth;
        var empty = reader.IsEmptyElement;
        var text = new StringBuilder();
        reader.Read();
        if (empty)
            return "";

        while (!reader.EOF && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                Append(text, reader.Value);
            reader.Read();
        }

        reader.Read();
        return text.ToString().Trim();
    }

    /// <summary>An attribute of the current element, as text of one line; null if it is not there.</summary>
    public static string? ReadAttribute(this XmlReader reader, string name)
    {
        if (reader.GetAttribute(name) is not { } value)
            return null;

        var text = new StringBuilder();
        Append(text, value);
        return text.ToString().Trim();
    }

    private static void Append(StringBuilder text, string value)
    {
        foreach (var character in value.AsSpan(0, Math.Min(value.Length, LongestText - text.Length)))
            text.Append(char.IsControl(character) ? ' ' : character);
    }
}
