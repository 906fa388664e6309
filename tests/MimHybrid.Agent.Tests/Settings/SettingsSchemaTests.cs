using System.Text.Json.Nodes;
using MimHybrid.Agent.Settings;
using NJsonSchema;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>appsettings.schema.json, which ships beside the settings, says what the settings are. What the documents show as settings is held against it by MimHybrid.Documents.Tests.</summary>
public sealed class SettingsSchemaTests
{
    private static readonly string Agent = Repository.In("src", "MimHybrid.Agent");
    private static readonly string CheckedIn = Path.Combine(Agent, "appsettings.schema.json");

    [Fact]
    public void The_schema_checked_in_is_the_one_that_the_settings_make()
    {
        var made = SettingsSchema.Make(SettingsLoader.TopLevel);
        if (File.Exists(CheckedIn) && File.ReadAllText(CheckedIn) == made) return;

        var proposal = Repository.In("artifacts", "appsettings.schema.json");
        File.WriteAllText(proposal, made);
        Assert.Fail($"The settings have changed and {CheckedIn} has not. Look at what was made of them and copy it:{Environment.NewLine}cp '{proposal}' '{CheckedIn}'");
    }

    [Fact]
    public async Task The_settings_file_that_ships_obeys_it_and_names_it()
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(Agent, "appsettings.json"), TestContext.Current.CancellationToken);

        Assert.Empty(await ErrorsOfAsync(shipped));
        Assert.Equal("./appsettings.schema.json", JsonNode.Parse(shipped)!["$schema"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{ "Graf": {} }""")]
    [InlineData("""{ "Graph": { "TenentId": "contoso.com" } }""")]
    [InlineData("""{ "Graph": { "Cloud": "Mars" } }""")]
    [InlineData("""{ "Graph": { "Guests": { "AcceptedOnly": "perhaps" } } }""")]
    [InlineData("""{ "Graph": { "ClientSecretExpires": "next week" } }""")]
    [InlineData("""{ "BootDelay": "15 minutes" }""")]
    [InlineData("""{ "BootDelay": 15 }""")]
    [InlineData("""{ "BootDelay": "15" }""")]
    [InlineData("""{ "BootDelay": "1.24:00:00" }""")]
    [InlineData("""{ "RemovalGuard": { "Count": "many" } }""")]
    [InlineData("""{ "Functions": { "GuestChanges": { "Trigger": "Whim" } } }""")]
    [InlineData("""{ "Functions": { "Mine": { "Intervall": "01:00:00" } } }""")]
    [InlineData("""{ "Sequences": { "ChangeDriven": { "ManagementAgent": "AADMA" } } }""")]
    [InlineData("""{ "Sequences": { "ChangeDriven": [ { "Agent": "AADMA" } ] } }""")]
    [InlineData("""{ "MaintenanceWindows": [ { "Cron": 5 } ] }""")]
    [InlineData("""{ "SyncServer": "this one" }""")]
    public async Task A_wrong_file_does_not_obey_it(string wrong) => Assert.NotEmpty(await ErrorsOfAsync(wrong));

    [Theory]
    [InlineData("""{ "Graph": { "WarnBeforeExpiry": "30.00:00:00", "ClientSecretExpires": "2027-05-31", "Select": ["id", "userType"] } }""")]
    [InlineData("""{ "Functions": { "Nightly": { "Trigger": "Timer", "Interval": "1.00:00:00", "Sequence": "Full" } } }""")]
    [InlineData("""{ "Sequences": { "Mine": [ { "ManagementAgent": "Guests", "RunProfile": "DI", "Kind": "Import", "When": "Always", "FullImport": "FI" } ] } }""")]
    [InlineData("""{ "MaintenanceWindows": [ { "Cron": "0 2 * * SUN", "Duration": "24:00:00" } ], "BootDelay": "0" }""")]
    [InlineData("""{ "SyncServer": { "KeepRunsDays": 30, "PollInterval": "00:00:00.2" } }""")]
    public async Task A_right_file_obeys_it(string right) => Assert.Empty(await ErrorsOfAsync(right));

    [Fact]
    public async Task Each_setting_says_what_it_is_for()
    {
        var schema = await JsonSchema.FromFileAsync(CheckedIn, TestContext.Current.CancellationToken);

        Assert.Contains("app registration", schema.Properties["Graph"].Properties["ClientId"].Description, StringComparison.Ordinal);
        Assert.Equal("00:15:00", schema.Properties["BootDelay"].Default);
        Assert.StartsWith("Counted from the start of the operating system", schema.Properties["BootDelay"].Description, StringComparison.Ordinal);
        Assert.DoesNotContain(".md", await File.ReadAllTextAsync(CheckedIn, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> ErrorsOfAsync(string settings)
    {
        var schema = await JsonSchema.FromFileAsync(CheckedIn, TestContext.Current.CancellationToken);
        return [.. schema.Validate(settings).Select(error => error.ToString())];
    }
}
