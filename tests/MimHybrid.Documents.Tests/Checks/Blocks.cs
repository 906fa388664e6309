using System.Xml;
using System.Xml.Linq;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>A block of code is read by the rules of its language. A language that nobody reads here is refused: what is shown to people is read by something.</summary>
internal static class Blocks
{
    public static IEnumerable<string> Errors(Snippet block) => Read(block).Select(error => $"{block.At} ({block.Language}): {error}");

    private static IEnumerable<string> Read(Snippet block) => block.Language switch
    {
        "sh" => ShellLines.Errors(block.Text, comment: "#"),
        "bat" => ShellLines.Errors(block.Text, comment: "rem "),
        "powershell" => PowerShellText.Errors(block.Text),
        "json" => SettingsJson.Errors(block.Text),
        "xml" => Xml(block.Text),
        "text" => Hidden(block.Text),
        "" => ["a block names its language: sh, powershell, bat, json, xml, or text for what a program prints"],
        var other => [$"nothing here reads {other}"],
    };

    private static IEnumerable<string> Xml(string text)
    {
        try
        {
            XDocument.Parse(text);
            return [];
        }
        catch (XmlException e)
        {
            return [e.Message];
        }
    }

    /// <summary>Text is output. A command in it would be read by nobody.</summary>
    private static IEnumerable<string> Hidden(string text) => text.Split('\n')
        .Where(line => line.Split(' ') is [var first, _, ..] && (Programs.IsKnown(first) || first is "$" or ">" or "PS"))
        .Select(line => $"a command belongs into a block of its own language: {line}");
}
