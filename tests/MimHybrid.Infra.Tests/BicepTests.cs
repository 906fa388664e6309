using System.Text.Json;
using System.Text.RegularExpressions;

namespace MimHybrid.Infra.Tests;

/// <summary>The templates: compiled, linted with more rules than the compiler's own, and held against what was approved.</summary>
public sealed partial class BicepTests : IClassFixture<Compilation>
{
    private const string PublisherRole = "3913510d-42f4-4e42-8a64-420c390055eb";

    private readonly Compilation compilation;

    public BicepTests(Compilation compilation)
    {
        Assert.SkipUnless(BicepCompiler.RunsHere, "THE BICEP FILES WERE NOT CHECKED: the compiler of this test is the one for linux-x64. Run it there before a release.");
        this.compilation = compilation;
    }

    public static TheoryData<string> Templates => [.. Infra.Templates];

    public static TheoryData<string> Examples => [.. Infra.Examples];

    public static TheoryData<string> Files => [.. Infra.Templates, .. Infra.Examples];

    [Fact]
    public void Every_template_compiles_without_any_message() => Assert.Equal(Said.Nothing, compilation.Built);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_formatted(string file)
    {
        Assert.Equal(Said.Nothing, compilation.Formatted);
        Assert.Equal(Infra.Read(file), compilation.ReadFormatted(file));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void What_an_example_would_make_is_what_was_approved(string example)
    {
        Assert.Equal(Said.Nothing, compilation.SaidOf(example));

        var predicted = Normal(compilation.ReadPrediction(example));
        var name = Path.ChangeExtension(example, ".snapshot.json");
        var approved = Path.Combine(Infra.Root, "tests", "MimHybrid.Infra.Tests", "Approved", name);
        var received = Path.Combine(Infra.Root, "artifacts", name);
        if (predicted == Normal(File.ReadAllText(approved))) return;
        File.WriteAllText(received, predicted);
        Assert.Fail($"The prediction is another one. Read the difference, and where it is meant: cp {received} {approved}");
    }

    [Fact]
    public void Whoever_asks_for_nothing_gets_no_role_assignment_and_who_asks_gets_one_that_can_only_send()
    {
        Assert.Empty(Resources("main.bicepparam", "Microsoft.Authorization/roleAssignments"));

        var assignment = Assert.Single(Resources("signed-in.bicepparam", "Microsoft.Authorization/roleAssignments"));
        Assert.EndsWith(PublisherRole, assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString(), StringComparison.Ordinal);
        Assert.Contains("/components/mimhybrid-insights/", assignment.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_parameter_and_every_output_is_described_and_no_output_is_a_secret(string template)
    {
        using var compiled = compilation.ReadTemplate(template);

        foreach (var part in new[] { "parameters", "outputs" })
        {
            if (!compiled.RootElement.TryGetProperty(part, out var entries)) continue;
            Assert.All(entries.EnumerateObject(), entry =>
                Assert.True(entry.Value.TryGetProperty("metadata", out var metadata) && metadata.GetProperty("description").GetString()!.Length > 10, entry.Name));
        }

        Assert.DoesNotMatch(Secret(), compiled.RootElement.TryGetProperty("outputs", out var outputs) ? outputs.GetRawText() : "");
        Assert.True(compiled.RootElement.GetProperty("metadata").TryGetProperty("description", out _), template);
    }

    private List<JsonElement> Resources(string example, string type) =>
        [.. JsonDocument.Parse(compilation.ReadPrediction(example)).RootElement.GetProperty("predictedResources").EnumerateArray().Where(resource => resource.GetProperty("type").GetString() == type)];

    private static string Normal(string json) => json.ReplaceLineEndings("\n").TrimEnd() + "\n";

    [GeneratedRegex("connectionString|instrumentationKey|listKeys|sharedKey|password", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
