using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MimHybrid.Release;

/// <summary>
/// The bill of materials, SPDX 2.3 as JSON (https://spdx.github.io/spdx-spec/v2.3/): every package with its version, licence and checksum,
/// every file with its checksums, and what depends on what. All of it follows from the commit and the SDK.
/// </summary>
internal static class BillOfMaterials
{
    /// <summary>It lies in the zip as well, for those to whom only the zip was handed on; it cannot list itself.</summary>
    public const string NameInZip = "mimhybrid.spdx.json";

    private const string Document = "SPDXRef-DOCUMENT";
    private const string Product = "SPDXRef-Product";
    private const string Unsaid = "NOASSERTION";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(BillSubject subject, IReadOnlyList<ShippedPackage> packages, IReadOnlyList<ShippedFile> files)
    {
        var bill = new JsonObject
        {
            ["spdxVersion"] = "SPDX-2.3",
            ["dataLicense"] = "CC0-1.0",
            ["SPDXID"] = Document,
            ["name"] = subject.Name,
            // Unique, as 6.5 demands, and the same for the same contents: the form that it gives to those without an address of their own.
            ["documentNamespace"] = $"https://spdx.org/spdxdocs/{subject.Name}-{Fingerprint(subject, files)}",
            ["creationInfo"] = new JsonObject
            {
                ["created"] = subject.CommittedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["creators"] = new JsonArray("Organization: The MimHybrid founders", $"Tool: MimHybrid.Release-{subject.Version}"),
                ["comment"] = $"Made of commit {subject.Commit} with the .NET SDK {subject.Sdk}; created is the commit's time.",
            },
            ["packages"] = new JsonArray([Describe(subject, files), .. packages.Select(Describe)]),
            ["files"] = new JsonArray([.. files.Select((file, index) => Describe(file, index))]),
            ["relationships"] = new JsonArray([.. Relationships(packages, files)]),
        };
        var own = packages.Where(package => package.Licence.IsOwn).DistinctBy(package => package.Licence.Id).ToList();
        if (own.Count > 0) bill["hasExtractedLicensingInfos"] = new JsonArray([.. own.Select(Extract)]);
        return bill.ToJsonString(Format) + "\n";
    }

    private static JsonNode Describe(BillSubject subject, IReadOnlyList<ShippedFile> files) => new JsonObject
    {
        ["SPDXID"] = Product,
        ["name"] = "MimHybrid",
        ["versionInfo"] = $"{subject.Version}+{subject.Commit}",
        ["packageFileName"] = $"{subject.Name}.zip",
        ["primaryPackagePurpose"] = "APPLICATION",
        ["supplier"] = "Organization: The MimHybrid founders",
        ["downloadLocation"] = Unsaid,
        ["filesAnalyzed"] = true,
        ["packageVerificationCode"] = new JsonObject
        {
            ["packageVerificationCodeValue"] = VerificationCode(files),
            ["packageVerificationCodeExcludedFiles"] = new JsonArray($"./{NameInZip}", $"./{ChecksumList.Name}"), // the list of checksums holds the one of this bill
        },
        ["licenseConcluded"] = Unsaid,
        ["licenseDeclared"] = "MIT",
        ["licenseInfoFromFiles"] = new JsonArray(Unsaid),
        ["copyrightText"] = "Copyright (c) 2026 The MimHybrid founders",
    };

    private static JsonNode Describe(ShippedPackage package)
    {
        var described = new JsonObject
        {
            ["SPDXID"] = Reference(package.Id),
            ["name"] = package.Id,
            ["versionInfo"] = package.Version,
            ["primaryPackagePurpose"] = package.Id.Contains(".App.", StringComparison.Ordinal) ? "FRAMEWORK" : "LIBRARY",
            ["supplier"] = Unsaid,
            ["downloadLocation"] = $"https://www.nuget.org/api/v2/package/{package.Id}/{package.Version}",
            ["filesAnalyzed"] = false,
            ["licenseConcluded"] = package.Licence.Id,
            ["licenseDeclared"] = package.Licence.Id,
            ["copyrightText"] = package.Copyright ?? Unsaid,
            ["externalRefs"] = new JsonArray(new JsonObject
            {
                ["referenceCategory"] = "PACKAGE-MANAGER",
                ["referenceType"] = "purl",
                ["referenceLocator"] = package.Purl,
            }),
        };
        if (package.ProjectUrl is { } url) described["homepage"] = url;
        if (package.Sha512 is { } hash) described["checksums"] = new JsonArray(Checksum("SHA512", hash));
        return described;
    }

    private static JsonNode Describe(ShippedFile file, int index) => new JsonObject
    {
        ["SPDXID"] = FileReference(index),
        ["fileName"] = $"./{file.Path}",
        ["checksums"] = new JsonArray(Checksum("SHA1", file.Sha1), Checksum("SHA256", file.Sha256)),
        ["licenseConcluded"] = Unsaid,
        ["licenseInfoInFiles"] = new JsonArray(Unsaid),
        ["copyrightText"] = Unsaid,
    };

    private static IEnumerable<JsonNode> Relationships(IReadOnlyList<ShippedPackage> packages, IReadOnlyList<ShippedFile> files)
    {
        var shipped = packages.Select(package => package.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            Relate(Document, "DESCRIBES", Product),
            .. files.Select((_, index) => Relate(Product, "CONTAINS", FileReference(index))),
            .. packages.Where(package => package.IsDirect).Select(package => Relate(Product, "DEPENDS_ON", Reference(package.Id))),
            .. packages.SelectMany(package => package.DependsOn.Where(shipped.Contains).Select(other => Relate(Reference(package.Id), "DEPENDS_ON", Reference(other)))),
        ];
    }

    private static JsonNode Relate(string element, string how, string other) =>
        new JsonObject { ["spdxElementId"] = element, ["relationshipType"] = how, ["relatedSpdxElement"] = other };

    private static JsonNode Extract(ShippedPackage package) => new JsonObject
    {
        ["licenseId"] = package.Licence.Id,
        ["name"] = $"Terms of {package.Id}",
        ["extractedText"] = package.Licence.Text!.Replace("\r\n", "\n", StringComparison.Ordinal),
    };

    private static JsonNode Checksum(string algorithm, string value) => new JsonObject { ["algorithm"] = algorithm, ["checksumValue"] = value };

    /// <summary>An id may hold no underscore.</summary>
    private static string Reference(string package) => $"SPDXRef-Package-{package.Replace('_', '-')}";

    private static string FileReference(int index) => $"SPDXRef-File-{(index + 1).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>SPDX 2.3, 7.9: the SHA-1 of the files' SHA-1 values, sorted and put together.</summary>
    private static string VerificationCode(IEnumerable<ShippedFile> files)
    {
#pragma warning disable CA5350 // the algorithm is the specification's
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.ASCII.GetBytes(string.Concat(files.Select(file => file.Sha1).Order(StringComparer.Ordinal)))));
#pragma warning restore CA5350
    }

    private static string Fingerprint(BillSubject subject, IEnumerable<ShippedFile> files) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{subject.Commit} {string.Join(' ', files.Select(file => file.Path + file.Sha256))}")))[..32];
}
