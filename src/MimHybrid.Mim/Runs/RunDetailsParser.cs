using System.Xml;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Reads MIM's run details: XML as text, streamed, so that a run with 200,000 errors takes no more memory than one with ten. Never throws
/// for what the text holds: a document that is torn, too long or not XML at all gives what was read up to there and a
/// <see cref="RunDetails.Defect"/>.
/// </summary>
public static class RunDetailsParser
{
    /// <summary>In characters; about twice what 200,000 errors with their directory's text take.</summary>
    public const int LongestDocument = 256_000_000;

    public static RunDetails Parse(string document, int errorsKept)
    {
        using var text = new StringReader(document);
        return Parse(text, errorsKept);
    }

    public static RunDetails Parse(TextReader document, int errorsKept, long longestDocument = LongestDocument)
    {
        // A declaration is only legal at the very start, and text from WMI may begin with a byte order mark or a line break.
        while (document.Peek() is '\uFEFF' or ' ' or '\t' or '\r' or '\n')
            document.Read();
        if (document.Peek() < 0)
            return new();

        RunDetailsReader? run = null;
        try
        {
            using var xml = XmlReader.Create(document, Settings(longestDocument));
            return ReadNewest(xml, () => run = new RunDetailsReader(xml, errorsKept));
        }
        catch (XmlException exception)
        {
            return (run?.ReadSoFar() ?? new()) with { Defect = $"the run details are not whole: {exception.Message}" };
        }
    }

    // One run is what the service answers; a saved file may hold many inside execution-histories.
    private static RunDetails ReadNewest(XmlReader xml, Func<RunDetailsReader> begin)
    {
        var newest = new RunDetails();
        while (!xml.EOF)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "run-details" })
            {
                xml.Read();
                continue;
            }

            var reader = begin();
            reader.Read();
            var run = reader.ReadSoFar();
            if (newest.RunNumber is null || run.RunNumber > newest.RunNumber)
                newest = run;
        }

        return newest;
    }

    private static XmlReaderSettings Settings(long longestDocument) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = longestDocument,
        // Directories hold control characters and MIM passes them on as character references that XML 1.0 forbids.
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };
}
