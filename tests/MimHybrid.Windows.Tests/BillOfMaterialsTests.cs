using System.Text.Json;
using System.Text.RegularExpressions;
using MimHybrid.Release;

namespace MimHybrid.Windows.Tests;

/// <summary>The bill of materials against the rules of SPDX 2.3; the numbers are those of its clauses.</summary>
public sealed partial class BillOfMaterialsTests : IDisposable
{
    private static readonly Lazy<string> Written = new(() => BillOfMaterials.Write(
        new BillSubject("MimHybrid-1.2.3-win-x64", "1.2.3", "0123456789abcdef", new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(1)), "10.0.401"),
        Packages.Shipped(),
        ShippedFile.ReadAll(PublishedProduct.Folder)));

    private readonly JsonDocument bill = JsonDocument.Parse(Written.Value);

    private IEnumerable<JsonElement> Described => bill.RootElement.GetProperty("packages").EnumerateArray();

    private IEnumerable<JsonElement> Files => bill.RootElement.GetProperty("files").EnumerateArray();

    private IEnumerable<JsonElement> Relationships => bill.RootElement.GetProperty("relationships").EnumerateArray();

    [Fact]
    public void It_has_what_the_schema_demands_and_nothing_that_it_does_not_know() => Assert.Empty(SpdxSchema.Errors(bill.RootElement));

    [Theory]
    [InlineData("\"checksums\"", "\"checksum\"")]
    [InlineData("\"filesAnalyzed\": false", "\"filesAnalyzed\": \"false\"")]
    [InlineData("\"DEPENDS_ON\"", "\"NEEDS\"")]
    [InlineData("\"created\": ", "\"creator\": ")]
    public void The_schema_sees_what_is_wrong(string right, string wrong)
    {
        using var changed = JsonDocument.Parse(bill.RootElement.GetRawText().Replace(right, wrong, StringComparison.Ordinal));

        Assert.NotEmpty(SpdxSchema.Errors(changed.RootElement));
    }

    [Fact]
    public void The_document_says_what_it_is_by_whom_and_when() // 6
    {
        var root = bill.RootElement;
        Assert.Equal("SPDX-2.3", Text(root, "spdxVersion"));
        Assert.Equal("CC0-1.0", Text(root, "dataLicense"));
        Assert.Equal("SPDXRef-DOCUMENT", Text(root, "SPDXID"));
        Assert.True(Uri.TryCreate(Text(root, "documentNamespace"), UriKind.Absolute, out var address) && address.Fragment.Length == 0);
        Assert.Equal("2026-11-26T11:00:00Z", Text(root.GetProperty("creationInfo"), "created"));
        Assert.All(root.GetProperty("creationInfo").GetProperty("creators").EnumerateArray(), creator => Assert.Matches("^(Person|Organization|Tool): .+$", creator.GetString()));
    }

    [Fact]
    public void Every_element_has_an_id_of_its_own_and_every_relationship_leads_to_one() // 7.2, 8.2, 11.1
    {
        List<string> ids = ["SPDXRef-DOCUMENT", .. Described.Concat(Files).Select(element => Text(element, "SPDXID"))];

        Assert.All(ids, id => Assert.Matches(@"^SPDXRef-[a-zA-Z0-9.\-]+$", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Relationships, one => Assert.Contains(Text(one, "spdxElementId"), ids));
        Assert.All(Relationships, one => Assert.Contains(Text(one, "relatedSpdxElement"), ids));
        Assert.Contains(Relationships, one => Text(one, "relationshipType") == "DESCRIBES" && Text(one, "spdxElementId") == "SPDXRef-DOCUMENT");
    }

    [Fact]
    public void Every_package_has_version_licence_source_and_purl() => Assert.All(Described.Skip(1), package => // 7
    {
        Assert.NotEmpty(Text(package, "versionInfo"));
        Assert.StartsWith("https://", Text(package, "downloadLocation"), StringComparison.Ordinal);
        Assert.False(package.GetProperty("filesAnalyzed").GetBoolean());
        Assert.Matches("^(MIT|Apache-2.0|ISC|LicenseRef-[a-zA-Z0-9.-]+)$", Text(package, "licenseDeclared"));
        var purl = Assert.Single(package.GetProperty("externalRefs").EnumerateArray());
        Assert.Equal($"pkg:nuget/{Text(package, "name")}@{Text(package, "versionInfo")}", Text(purl, "referenceLocator"));
        Assert.Equal("PACKAGE-MANAGER", Text(purl, "referenceCategory"));
    });

    [Fact]
    public void Every_package_is_reached_from_the_product()
    {
        var dependencies = Relationships.Where(one => Text(one, "relationshipType") == "DEPENDS_ON").ToLookup(one => Text(one, "spdxElementId"), one => Text(one, "relatedSpdxElement"));
        HashSet<string> reached = ["SPDXRef-Product"];
        for (Stack<string> next = new(reached); next.TryPop(out var element);)
            foreach (var other in dependencies[element].Where(reached.Add)) next.Push(other);

        Assert.Empty(Described.Select(package => Text(package, "SPDXID")).Except(reached));
    }

    [Fact]
    public void Terms_of_their_own_are_written_out() // 10: each LicenseRef is defined
    {
        var named = Described.Select(package => Text(package, "licenseDeclared")).Where(licence => licence.StartsWith("LicenseRef-", StringComparison.Ordinal)).Distinct();
        var written = bill.RootElement.TryGetProperty("hasExtractedLicensingInfos", out var all) ? all.EnumerateArray().ToList() : [];

        Assert.Equal(named.Order(), written.Select(one => Text(one, "licenseId")).Order());
        Assert.All(written, one => Assert.NotEmpty(Text(one, "extractedText")));
    }

    [Fact]
    public void Every_file_of_the_product_is_there_with_both_checksums() // 8.1, 8.4
    {
        Assert.Equal(ShippedFile.Names(PublishedProduct.Folder).Select(name => $"./{name}"), Files.Select(file => Text(file, "fileName")));
        Assert.All(Files, file => Assert.Equal(["SHA1", "SHA256"], file.GetProperty("checksums").EnumerateArray().Select(sum => Text(sum, "algorithm"))));
        Assert.All(Files, file => Assert.Matches(Sha1(), Text(file.GetProperty("checksums")[0], "checksumValue")));
        var code = Described.First().GetProperty("packageVerificationCode");
        Assert.Matches(Sha1(), Text(code, "packageVerificationCodeValue"));
        // What is in the zip besides.
        Assert.Equal(["./mimhybrid.spdx.json", "./SHA256SUMS"], code.GetProperty("packageVerificationCodeExcludedFiles").EnumerateArray().Select(file => file.GetString()));
    }

    public void Dispose() => bill.Dispose();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    [GeneratedRegex("^[0-9a-f]{40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Sha1();
}
