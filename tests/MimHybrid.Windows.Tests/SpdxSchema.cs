using System.Text.Json;

namespace MimHybrid.Windows.Tests;

/// <summary>
/// What the schema of SPDX 2.3 (github.com/spdx/spdx-spec, schemas/spdx-schema-2-3.json) demands of each object that we write, in our words. It knows further names; a
/// name that is not written down here is an error: look it up there before adding it.
/// </summary>
internal static class SpdxSchema
{
    private static readonly Dictionary<string, (string[] Required, string[] Allowed)> Objects = new()
    {
        [""] = (["SPDXID", "creationInfo", "dataLicense", "name", "spdxVersion"], ["documentNamespace", "files", "hasExtractedLicensingInfos", "packages", "relationships"]),
        ["creationInfo"] = (["created", "creators"], ["comment"]),
        ["packages"] =
        (
            ["SPDXID", "downloadLocation", "name"],
            [
                "checksums", "copyrightText", "externalRefs", "filesAnalyzed", "homepage", "licenseConcluded", "licenseDeclared", "licenseInfoFromFiles", "packageFileName",
                "packageVerificationCode", "primaryPackagePurpose", "supplier", "versionInfo",
            ]
        ),
        ["packages.checksums"] = (["algorithm", "checksumValue"], []),
        ["packages.externalRefs"] = (["referenceCategory", "referenceLocator", "referenceType"], []),
        ["packages.packageVerificationCode"] = (["packageVerificationCodeValue"], ["packageVerificationCodeExcludedFiles"]),
        ["files"] = (["SPDXID", "checksums", "fileName"], ["copyrightText", "licenseConcluded", "licenseInfoInFiles"]),
        ["files.checksums"] = (["algorithm", "checksumValue"], []),
        ["relationships"] = (["spdxElementId", "relatedSpdxElement", "relationshipType"], []),
        ["hasExtractedLicensingInfos"] = (["extractedText", "licenseId"], ["name"]),
    };

    /// <summary>Of the words that the schema lists, those that we use.</summary>
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["packages.checksums.algorithm"] = ["SHA512"],
        ["packages.externalRefs.referenceCategory"] = ["PACKAGE-MANAGER"],
        ["packages.primaryPackagePurpose"] = ["APPLICATION", "FRAMEWORK", "LIBRARY"],
        ["files.checksums.algorithm"] = ["SHA1", "SHA256"],
        ["relationships.relationshipType"] = ["DESCRIBES", "CONTAINS", "DEPENDS_ON"],
    };

    private static readonly string[] Lists =
    [
        "creationInfo.creators", "packages", "packages.checksums", "packages.externalRefs", "packages.licenseInfoFromFiles", "packages.packageVerificationCode.packageVerificationCodeExcludedFiles",
        "files", "files.checksums", "files.licenseInfoInFiles", "relationships", "hasExtractedLicensingInfos",
    ];

    public static IEnumerable<string> Errors(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Array when Lists.Contains(path) && element.GetArrayLength() > 0 => element.EnumerateArray().SelectMany(item => item.ValueKind == JsonValueKind.Object ? OfObject(item, path) : OfText(item, path)),
        JsonValueKind.Object when !Lists.Contains(path) => OfObject(element, path),
        JsonValueKind.True or JsonValueKind.False when path == "packages.filesAnalyzed" => [],
        _ when Lists.Contains(path) || path == "packages.filesAnalyzed" => [$"{path} is {element}"],
        _ => OfText(element, path),
    };

    private static IEnumerable<string> OfObject(JsonElement element, string path)
    {
        if (!Objects.TryGetValue(path, out var known)) return [$"{path} is no object of the schema"];
        var names = element.EnumerateObject().Select(property => property.Name).ToList();
        return
        [
            .. known.Required.Except(names).Select(name => $"{path} lacks {name}"),
            .. names.Except([.. known.Required, .. known.Allowed]).Select(name => $"{path}.{name} is not known"),
            .. element.EnumerateObject().SelectMany(property => Errors(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        ];
    }

    private static IEnumerable<string> OfText(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.String && (!Words.TryGetValue(path, out var words) || words.Contains(element.GetString())) ? [] : [$"{path} is {element}"];
}
