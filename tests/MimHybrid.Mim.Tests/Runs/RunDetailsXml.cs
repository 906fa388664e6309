using System.Globalization;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>Run details in MIM's form (MimHybrid.Mim/README.md#the-xml-of-a-run), written as text so that it can also be wrong.</summary>
internal static class RunDetailsXml
{
    public static string Of(params string[] steps) => $"<run-history>{Run(412, steps)}</run-history>";

    public static string Run(int number, params string[] steps) => $$"""
        <run-details>
          <ma-id>{0A1B2C3D-0000-4000-8000-00000000AD01}</ma-id>
          <ma-name>ADMA</ma-name>
          <run-number>{{Number(number)}}</run-number>
          <run-profile-name>Export</run-profile-name>
          <security-id>FABRIKAM\svc-guestsync</security-id>
          {{string.Concat(steps)}}
        </run-details>
        """;

    public static string Step(int number, string result, string findings = "", string? end = "2026-03-04 09:15:07.640") => $"""
        <step-details step-number="{Number(number)}" step-id="step">
          <start-date>2026-03-04 09:15:0{Number(number)}.113</start-date>
          {(end is null ? "" : $"<end-date>{end}</end-date>")}
          <step-result>{result}</step-result>
          <step-description><step-type type="export"/><threshold><batch-size>100</batch-size></threshold></step-description>
          {findings}
        </step-details>
        """;

    /// <summary>The group may bring its attributes: <c>outbound-flow-counters ma="ADMA"</c>.</summary>
    public static string Counters(string group, params (string Name, string Value)[] counters)
    {
        var elements = counters.Select(counter => $"<{counter.Name} detail=\"true\">{counter.Value}</{counter.Name}>");
        return $"<{group}>{string.Concat(elements)}</{group.Split(' ')[0]}>";
    }

    public static string ExportError(string dn) => $"""
        <export-error cs-guid="object" dn="{dn}">
          <date-occurred>2026-03-04 09:15:06.001</date-occurred>
          <first-occurred>2026-03-04 08:15:06.200</first-occurred>
          <retry-count>1</retry-count>
          <error-type>password-policy-violation</error-type>
          <cd-error>
            <error-code>52</error-code><error-literal>Unwilling to perform</error-literal>
            <server-error-detail>0000052D: the password is too short</server-error-detail>
          </cd-error>
        </export-error>
        """;

    /// <summary>A document with as many errors as asked for, piece by piece, never in memory as a whole.</summary>
    public static IEnumerable<string> WithErrors(int count) => Enumerable.Range(1, count)
        .Select(number => ExportError($"CN=guest-{Number(number)}"))
        .Prepend("""<run-history><run-details><run-number>9</run-number><step-details step-number="1"><synchronization-errors>""")
        .Append($"""
            </synchronization-errors>
            {Counters("export-counters", ("export-failure", Number(count)))}
            </step-details></run-details></run-history>
            """);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
