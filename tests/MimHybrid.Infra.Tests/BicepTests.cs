using System.Text.Json;
using System.Text.RegularExpressions;

namespace MimHybrid.Infra.Tests;

/// <summary>The templates: compiled, linted with more rules than the compiler's own, and held against what was approved.</summary>
public sealed partial class BicepTests : IClassFixture<Compilation>
{
    private const string PublisherRole = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string ReaderRole = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

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

    /// <summary>The agent may only send, and the rules may only read: what it sent, and the workspace that keeps it.</summary>
    [Theory]
    [InlineData("main.bicepparam", "/workspaces/mimhybrid-logs")]
    [InlineData("central.bicepparam", "/subscriptions/00000000-0000-0000-0000-000000000003/resourceGroups/rg-monitoring/providers/Microsoft.OperationalInsights/workspaces/central-logs")]
    public void Nobody_gets_another_role_than_the_agent_to_send_and_the_rules_to_read(string example, string workspace)
    {
        var roles = Resources(example, "Microsoft.Authorization/roleAssignments").ConvertAll(assignment => (
            Role: assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1], On: assignment.GetProperty("id").GetString()!));

        Assert.Equal([PublisherRole, ReaderRole, ReaderRole], roles.Select(role => role.Role));
        Assert.All(roles[..2], role => Assert.Contains("/components/mimhybrid-insights/", role.On, StringComparison.Ordinal));
        Assert.Contains(workspace, roles[2].On, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Only_who_signs_in_can_send(string example)
    {
        var component = Assert.Single(Resources(example, "Microsoft.Insights/components"));

        Assert.True(component.GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean());
    }

    [Fact]
    public void A_workspace_made_here_takes_less_than_a_gigabyte_a_day()
    {
        var workspace = Assert.Single(Resources("main.bicepparam", "Microsoft.OperationalInsights/workspaces")).GetProperty("properties");

        Assert.InRange(workspace.GetProperty("workspaceCapping").GetProperty("dailyQuotaGb").GetDouble(), 0.05, 0.5);
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

    private List<JsonElement> Resources(string example, string type) => compilation.Predicted(example, type);

    private static string Normal(string json) => json.ReplaceLineEndings("\n").TrimEnd() + "\n";

    [GeneratedRegex("connectionString|instrumentationKey|listKeys|sharedKey|password", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
