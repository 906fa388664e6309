using System.Text.Json;
using System.Text.RegularExpressions;

namespace MimHybrid.Infra.Tests;

/// <summary>The templates: compiled, linted with more rules than the compiler's own, and held against what was approved.</summary>
public sealed partial class BicepTests
{
    private const string PublisherRole = "3913510d-42f4-4e42-8a64-420c390055eb";

    public static TheoryData<string> Templates => [.. Infra.Templates.Select(path => Path.GetRelativePath(Infra.Folder, path))];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Every_template_compiles_without_any_message_and_is_formatted(string template)
    {
        var path = Path.Combine(Infra.Folder, template);

        var (linted, _, warnings) = await BicepCompiler.RunAsync("lint", path);
        Assert.Equal((0, ""), (linted, warnings));
        var (_, formatted, _) = await BicepCompiler.RunAsync("format", path, "--stdout");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), formatted);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("signed-in")]
    public async Task What_an_example_would_make_is_what_was_approved(string parameters)
    {
        var (linted, _, warnings) = await BicepCompiler.RunAsync("lint", Path.Combine(Infra.Folder, $"{parameters}.bicepparam"));
        Assert.Equal((0, ""), (linted, warnings));

        var predicted = Normal(await BicepCompiler.SnapshotAsync(parameters));
        var approved = Path.Combine(Infra.Root, "tests", "MimHybrid.Infra.Tests", "Approved", $"{parameters}.snapshot.json");
        var received = Path.Combine(Infra.Root, "artifacts", $"{parameters}.snapshot.json");
        if (predicted != Normal(await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken)))
        {
            await File.WriteAllTextAsync(received, predicted, TestContext.Current.CancellationToken);
            Assert.Fail($"The prediction is another one. Read the difference, and where it is meant: cp {received} {approved}");
        }
    }

    [Fact]
    public async Task Whoever_asks_for_nothing_gets_no_role_assignment_and_who_asks_gets_one_that_can_only_send()
    {
        Assert.Empty(Resources(await BicepCompiler.SnapshotAsync("main"), "Microsoft.Authorization/roleAssignments"));

        var assignment = Assert.Single(Resources(await BicepCompiler.SnapshotAsync("signed-in"), "Microsoft.Authorization/roleAssignments"));
        Assert.EndsWith(PublisherRole, assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString(), StringComparison.Ordinal);
        Assert.Contains("/components/mimhybrid-insights/", assignment.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Every_parameter_and_every_output_is_described_and_no_output_is_a_secret(string template)
    {
        var (code, json, _) = await BicepCompiler.RunAsync("build", Path.Combine(Infra.Folder, template), "--stdout");
        Assert.Equal(0, code);
        using var compiled = JsonDocument.Parse(json);

        foreach (var part in new[] { "parameters", "outputs" })
        {
            if (!compiled.RootElement.TryGetProperty(part, out var entries)) continue;
            Assert.All(entries.EnumerateObject(), entry =>
                Assert.True(entry.Value.TryGetProperty("metadata", out var metadata) && metadata.GetProperty("description").GetString()!.Length > 10, entry.Name));
        }

        Assert.DoesNotMatch(Secret(), compiled.RootElement.TryGetProperty("outputs", out var outputs) ? outputs.GetRawText() : "");
        Assert.True(compiled.RootElement.GetProperty("metadata").TryGetProperty("description", out _), template);
    }

    private static List<JsonElement> Resources(string snapshot, string type) =>
        [.. JsonDocument.Parse(snapshot).RootElement.GetProperty("predictedResources").EnumerateArray().Where(resource => resource.GetProperty("type").GetString() == type)];

    private static string Normal(string json) => json.ReplaceLineEndings("\n").TrimEnd() + "\n";

    [GeneratedRegex("connectionString|instrumentationKey|listKeys|sharedKey|password", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
