using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>What holds for every document, however it was torn, shuffled, blown up or written.</summary>
public sealed class RunDetailsProperties
{
    private const int ErrorsKept = 3;
    private const int LongestText = 2_000;

    private const string Connection = "<ma-connection><connection-result>dropped-connection</connection-result><server>dc7</server><connection-log>"
        + "<incident><cd-error><error-code>81</error-code><error-literal>Server Down</error-literal></cd-error></incident></connection-log></ma-connection>";

    private static readonly string Whole = RunDetailsXml.Of(
        RunDetailsXml.Step(2, "completed-export-errors", Connection + "<synchronization-errors>" + string.Concat(Enumerable.Range(1, 5).Select(one => RunDetailsXml.ExportError($"CN=guest-{one}")))
            + "</synchronization-errors>" + RunDetailsXml.Counters("export-counters", ("export-add", "2"), ("export-failure", "5"))),
        RunDetailsXml.Step(1, "success", RunDetailsXml.Counters("staging-counters", ("stage-add", "3"), ("stage-delete", "1"))
            + RunDetailsXml.Counters("outbound-flow-counters ma=\"ADMA\"", ("provisioned-add-flow", "3"))
            + RunDetailsXml.Counters("inbound-flow-counters", ("connector-flow", "4"))));

    /// <summary>What may stand in the place of something else.</summary>
    private static readonly string[] Oddities =
    [
        "", "<", ">", "&", "&#0;", "&#x1F;", "&nbsp;", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "&e;", "<![CDATA[", "]]>", "<!--", "<?pi?>",
        "<run-details/>", "</step-details>", "<step-details step-number=\"x\">", "<export-error/>", "<dn><a><b/></a></dn>", "\0", "\uFEFF", "\uD800",
        "-1", "1.234", "1,234", "１２", "4294967296", "99999999999999999999", "1e9", "2026-13-45 99:99:99", "04.03.2026 09:15", "xmlns=\"urn:other\"",
    ];

    private static readonly Gen<string> Debris = Gen.OneOf(
        Gen.Int[0, Oddities.Length - 1].Select(oddity => Oddities[oddity]), Gen.String, Gen.Int[1, 5_000].Select(length => new string('x', length)));

    private static readonly Gen<string> Mutilated = Gen.Select(Gen.Int[0, Whole.Length], Gen.Int[0, 200], Debris).Array[1, 4].Select(wounds =>
    {
        var text = Whole;
        foreach (var (at, length, debris) in wounds)
        {
            var start = Math.Min(at, text.Length);
            text = text[..start] + debris + text[Math.Min(text.Length, start + length)..];
        }

        return text;
    });

    [Fact]
    public void Whatever_was_done_to_a_document_it_is_read_without_an_exception_and_within_its_bounds() => Mutilated.Sample(document =>
    {
        var run = RunDetailsParser.Parse(document, ErrorsKept);
        string[] texts = [run.Caller, run.ManagementAgent, run.RunProfile, .. run.Errors.SelectMany(error => new[] { error.Dn, error.Type })];
        return run.Errors.Count <= Math.Min(ErrorsKept, run.ErrorCount)
            && Array.TrueForAll(texts, text => text.Length <= LongestText && !text.Any(char.IsControl))
            && Groups(run).All(group => group.Values.Values.All(value => value > 0))
            && !Tell(run).Contains("root:", StringComparison.Ordinal); // the first line of what the external entity names
    });

    /// <summary>MIM lists the newest step first today; nothing may depend on that, nor on the order of the elements in a step.</summary>
    [Fact]
    public void The_order_of_steps_and_of_their_elements_does_not_matter() => Gen.Int.Sample(seed =>
    {
        var document = XDocument.Parse(Whole);
        foreach (var parent in document.Descendants().Where(element => element.Name.LocalName is "run-details" or "step-details").ToArray())
            parent.ReplaceNodes(Shuffled(parent.Elements().ToArray(), seed));
        return Tell(RunDetailsParser.Parse(document.ToString(), ErrorsKept)) == Tell(RunDetailsParser.Parse(Whole, ErrorsKept));
    });

    /// <summary>Where errors are listed, whatever stands there is one: that place alone is left out.</summary>
    [Fact]
    public void An_element_that_nobody_knows_does_not_matter_wherever_it_stands() => Assert.Equal(
        Tell(RunDetailsParser.Parse(Whole, ErrorsKept)),
        Tell(RunDetailsParser.Parse(Regex.Replace(Whole, "<(?=[a-z])(?!run-history|export-error)", "<new-thing><dn>x</dn></new-thing><"), ErrorsKept)));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fr-CH")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void The_culture_of_the_machine_does_not_matter(string culture)
    {
        var expected = Tell(RunDetailsParser.Parse(Whole, ErrorsKept));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, Tell(RunDetailsParser.Parse(Whole, ErrorsKept)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IEnumerable<CounterGroup> Groups(RunDetails run) =>
        [run.Counters.Discovery, run.Counters.Staging, run.Counters.Inbound, run.Counters.Export, .. run.Counters.Outbound.Values];

    private static XElement[] Shuffled(XElement[] elements, int seed)
    {
        // Errors are told in the order of the document, so they keep theirs; they are one element here.
        new Random(seed).Shuffle(elements);
        return elements;
    }

    private static string Tell(RunDetails run) => string.Join(
        '\n',
        [
            string.Create(CultureInfo.InvariantCulture, $"{run.RunNumber} {run.ManagementAgent} {run.RunProfile} {run.Caller} {run.ErrorCount} {run.ConnectionProblem} {run.Defect}"),
            .. run.Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Number} {step.Type} {step.Result.Raw} {step.StartedAt:O} {step.EndedAt:O}")),
            .. Groups(run).SelectMany(group => group.Values).Select(counter => string.Create(CultureInfo.InvariantCulture, $"{counter.Key} {counter.Value}")),
            .. run.Errors.Select(error => string.Create(CultureInfo.InvariantCulture, $"{error.Kind} {error.Dn} {error.Type} {error.Detail} {error.FirstOccurred:O} {error.RetryCount}")),
        ]);
}
