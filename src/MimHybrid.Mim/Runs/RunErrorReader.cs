using System.Globalization;
using System.Xml;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Runs;

/// <summary>Reads one object's error: <c>ma-object-error</c>, <c>import-error</c>, <c>export-error</c> or <c>retry-error</c>.</summary>
internal sealed class RunErrorReader(XmlReader xml)
{
    private string dn = "";
    private string anchor = "";
    private string entry = "";
    private string type = "";
    private DateTimeOffset? firstOccurred;
    private int retryCount;
    private string code = "";
    private string literal = "";
    private string serverDetail = "";
    private string extension = "";
    private string exception = "";
    private string attribute = "";
    private string algorithmStep = "";

    public RunError Read(RunErrorKind kind)
    {
        // The schema says displayName, the service writes display-name (README.md#errors-in-the-details).
        dn = xml.ReadAttribute("dn") ?? xml.ReadAttribute("display-name") ?? xml.ReadAttribute("displayName") ?? "";
        xml.ReadChildren(ReadElement);
        return new(kind, Name(), type) { Detail = Detail(), FirstOccurred = firstOccurred, RetryCount = retryCount };
    }

    private void ReadElement(string name)
    {
        switch (name)
        {
            case "dn": dn = xml.ReadText(); break;
            case "anchor": anchor = xml.ReadText(); break;
            case "entry-number": entry = $"entry {xml.ReadText()}"; break;
            case "line-number" when entry.Length == 0: entry = $"line {xml.ReadText()}"; break;
            case "error-type": type = xml.ReadText(); break;
            case "first-occurred": firstOccurred = UtcText.Parse(xml.ReadText()); break;
            case "retry-count": retryCount = ReadNumber(); break;
            case "error-code": code = xml.ReadText(); break;
            case "error-literal": literal = xml.ReadText(); break;
            case "server-error-detail": serverDetail = xml.ReadText(); break;
            case "extension-name": extension = xml.ReadText(); break;
            case "call-stack": exception = xml.ReadText(); break;
            case "attribute-name": attribute = xml.ReadText(); break;
            case "attribute-mapping": attribute = xml.ReadAttribute("dest-attr") ?? ""; xml.Skip(); break;
            case "algorithm-step": algorithmStep = xml.ReadText(); break;
            case "cd-error" or "extension-error-info" or "rules-error-info" or "context": xml.Read(); break;
            default: xml.Skip(); break;
        }
    }

    private int ReadNumber() =>
        int.TryParse(xml.ReadText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>
    /// What could not even be read may have no name: then its anchor finds it (AADMA's is Graph's object id), or its place in the file.
    /// </summary>
    private string Name() => dn.Length > 0 ? dn : anchor.Length > 0 ? anchor : entry;

    private string Detail()
    {
        string[] parts =
        [
            algorithmStep.Length > 0 ? $"at {algorithmStep}" : "",
            attribute.Length > 0 ? $"attribute {attribute}" : "",
            string.Join(' ', new[] { code, literal }.Where(text => text.Length > 0)),
            serverDetail,
            extension,
            exception,
        ];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }
}
