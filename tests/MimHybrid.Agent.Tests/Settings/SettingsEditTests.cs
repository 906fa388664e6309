using System.Text;
using System.Text.Json;
using MimHybrid.Agent.Discovery;
using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>What <c>config discover --write</c> does to a file that a person wrote.</summary>
public sealed class SettingsEditTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-settings-").FullName;

    [Theory]
    [InlineData("{}", "{\n  \"Sequences\": {}\n}")]
    [InlineData("{\n}\n", "{\n  \"Sequences\": {}\n}\n")]
    [InlineData("{\n  \"A\": 1\n}", "{\n  \"A\": 1,\n  \"Sequences\": {}\n}")]
    [InlineData("{\n  \"A\": 1, // mine\n}", "{\n  \"A\": 1, // mine\n  \"Sequences\": {}\n}")]
    [InlineData("{\n  \"A\": 1 // a , } in a comment\n  /* and , here */\n}", "{\n  \"A\": 1, // a , } in a comment\n  /* and , here */\n  \"Sequences\": {}\n}")]
    [InlineData("{ \"A\": [ { \"Sequences\": 1 } ] }", "{ \"A\": [ { \"Sequences\": 1 } ],\n  \"Sequences\": {}\n}")]
    [InlineData("{ \"sequences\": { \"x\": [1] }, // keep\n \"B\": 2 }", "{ \"sequences\": {}, // keep\n \"B\": 2 }")]
    [InlineData("{\r\n  \"A\": 1\r\n}\r\n", "{\r\n  \"A\": 1,\r\n  \"Sequences\": {}\r\n}\r\n")]
    public void A_value_is_set_and_every_other_byte_stays(string before, string after) =>
        Assert.Equal(after, Encoding.UTF8.GetString(SettingsEdit.Set(Encoding.UTF8.GetBytes(before), "Sequences", "{}")));

    [Fact]
    public void A_proposal_is_json_that_the_settings_read_as_it_was_meant()
    {
        var proposal = new Proposal(new("Gäste \"neu\"") { DeltaImport = "Änderungen \\ alle" }, new("Corp AD"), []);
        var path = Write("""
            {
              // ours
              "Graph": { "TenantId": "contoso.com", "ClientId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "CertificateSubject": "CN=MimHybrid" }
            }
            """);

        var copy = Swap(path, proposal);

        Assert.Equal($"{path}.before-{Now.ToLocalTime():yyyyMMdd-HHmmss}", copy);
        var (settings, errors) = SettingsLoader.Bind(SettingsLayers.Read(Options(path)), Options(path));
        Assert.Empty(errors);
        Assert.Equal("Gäste \"neu\"", settings.Agent.GuestSource);
        Assert.All(proposal.Sequences, sequence => Assert.Equal(sequence.Steps, settings.Agent.FindSequence(sequence.Name)!.Steps));
        Assert.Equal("Fallback", settings.Agent.Functions["FallbackCycle"].Sequence);
        Assert.Contains("// ours", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "*.part"));
        using var whole = JsonDocument.Parse(MimHybrid.Agent.Discovery.ProposalJson.Whole(proposal));
        Assert.Equal(4, whole.RootElement.GetProperty("Sequences").EnumerateObject().Count());
    }

    [Fact]
    public void What_would_have_errors_takes_nobodys_place()
    {
        const string Text = """{ "Functions": { "Mine": { "Trigger": "Timer", "Sequence": "Mine" } }, "Sequences": { "Mine": [ { "ManagementAgent": "A", "RunProfile": "Export" } ] } }""";
        var path = Write(Text);
        var told = new List<string>();

        var changed = SettingsEdit.Set(File.ReadAllBytes(path), "Sequences", ProposalJson.Sequences(new Proposal(new("G"), new("A"), [])));
        Assert.Null(SettingsSwap.Replace(path, changed, Options(path), Now, told.Add));

        Assert.Contains("Functions:Mine:Sequence is 'Mine'", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(Text, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void Whoever_could_not_open_the_file_cannot_open_the_new_one()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows' rights are kept by File.Replace; tests/HandTests.md looks at them.");
            return;
        }

        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Write("{}");
        File.SetUnixFileMode(path, Own);
        var copy = Swap(path, new Proposal(new("G"), new("A"), []));
        foreach (var file in new[] { path, copy! }) Assert.Equal(Own, File.GetUnixFileMode(file));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string? Swap(string path, Proposal proposal)
    {
        var changed = SettingsEdit.Set(
            SettingsEdit.Set(File.ReadAllBytes(path), "GuestSource", ProposalJson.GuestSource(proposal)), "Sequences", ProposalJson.Sequences(proposal));
        return SettingsSwap.Replace(path, changed, Options(path), Now, error => Assert.Fail(error));
    }

    private static CommonValues Options(string path) => new(Path.GetTempPath(), path, Sandbox: false, Rehearsal: null, []);

    private string Write(string text)
    {
        var path = Path.Combine(folder, "appsettings.json");
        File.WriteAllText(path, text);
        return path;
    }
}
