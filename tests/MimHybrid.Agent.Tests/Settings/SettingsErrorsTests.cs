using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>What is said of settings that can be read and cannot be used: the mistake, once, and nothing that follows from it.</summary>
[Collection(OwnEnvironment.Name)]
public sealed class SettingsErrorsTests : IDisposable
{
    private const string Graph =
        """ "Graph": { "TenantId": "contoso.example", "ClientId": "5ed8cf2d-2c34-4f69-a5f9-5b5a3a6f5a01", "ClientSecret": "s" } """;

    private readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData("""{ "BotDelay": "0" }""", "BotDelay is no setting; the nearest is BootDelay; known here are ")]
    [InlineData("""{ "Backof": {} , "Backoff": {} }""", "Backof is no setting; the nearest is Backoff; ")]
    [InlineData("""{ "RemovalGuard": { "Percnet": 1 } }""", "RemovalGuard:Percnet is no setting; the nearest is Percent; ")]
    [InlineData(
        """{ "Functions": { "GuestChanges": { "SetleTime": "0" } } }""",
        "Functions:GuestChanges:SetleTime is no setting; the nearest is SettleTime; ")]
    [InlineData(
        """{ "Telemetry": { "OtlpEndpont": "http://a:1", "OtlpHeaders": "a=b" } }""",
        "Telemetry:OtlpEndpont is no setting; the nearest is OtlpEndpoint; ")]
    [InlineData(
        """{ "Functions": { "GuestChnages": { "SettleTime": "0" } } }""",
        "Functions:GuestChnages is no setting; the nearest is GuestChanges; ")]
    [InlineData("""{ "Whatever": 1 }""", "Whatever is no setting; known here are ")]
    public void A_name_misspelt_is_told_with_the_nearest(string json, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Errors(json)), StringComparison.Ordinal);

    [Fact]
    public void That_a_misspelt_setting_is_missing_is_not_told()
    {
        var errors = Errors(
            """
            { "Graph": { "TenatId": "contoso.example", "ClientId": "5ed8cf2d-2c34-4f69-a5f9-5b5a3a6f5a01", "ClientSecert": "s" },
              "Sequences": { "Mine": [ { "ManagmentAgent": "A", "RunProfil": "Delta Import" } ] } }
            """, tenant: false);
        Assert.Equal(4, errors.Count);
        Assert.All(errors, error => Assert.Contains("is no setting; the nearest is ", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "Backoff": { "First": "soon", "Longest": "00:00:10" } }""", "Backoff:First is 'soon'")]
    [InlineData("""{ "Sequences": { "ChangeDriven": [] } }""", "Sequences:ChangeDriven is empty")]
    [InlineData("""{ "Sequences": { "Mine": [ {} ] } }""", "Sequences:Mine:0 is empty")]
    [InlineData("""{ "MaintenanceWindows": [ {} ] }""", "MaintenanceWindows:0 is empty")]
    [InlineData("""{ "Functions": { "ForcedRun": { "Trigger": "Comand" } } }""", "Functions:ForcedRun:Trigger is 'Comand'")]
    [InlineData("""{ "Functions": { "ForcedRun": { "Trigger": "2" } } }""", "Functions:ForcedRun:Trigger is '2'")]
    [InlineData("""{ "Functions": { "ForcedRun": { "Trigger": "GraphDelta, Timer" } } }""",
        "Functions:ForcedRun:Trigger is 'GraphDelta, Timer'")]
    [InlineData("""{ "BootDelay": "15" }""", "BootDelay is '15'; allowed is a duration as hours:minutes:seconds")]
    [InlineData("""{ "SyncServer": { "Account": "WOODGROVE\fimsync" } }""",
        "SyncServer:Account is 'WOODGROVE·imsync'; allowed is a value without a control character (U+000C); a backslash is written twice")]
    [InlineData("""{ "GuestSource": "AADMA\u0000" }""",
        "GuestSource is 'AADMA·'; allowed is a value without a control character (U+0000).")]
    public void One_mistake_is_told_once(string json, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Errors(json)), StringComparison.Ordinal);

    [Fact]
    public void A_secret_with_a_control_character_is_not_shown() =>
        Assert.DoesNotContain(
            "planted",
            Assert.Single(Errors("""{ "Telemetry": { "OtlpHeaders": "planted\n", "OtlpEndpoint": "http://a:1" } }""")),
            StringComparison.Ordinal);

    [Fact]
    public void Megabytes_are_cut()
    {
        var much = new string('x', 1_000_000);
        var errors = Errors(
            $$"""{ "BootDelay": "{{much}}", "{{much}}": 1, "Functions": { "FallbackCycle": { "Sequence": "{{much}}" } } }""");
        Assert.Equal(3, errors.Count);
        Assert.All(errors, error => Assert.InRange(error.Length, 50, 900));
        Assert.Contains(errors, error => error.Contains("(1000000 characters)", StringComparison.Ordinal));
    }

    [Fact]
    public void Over_23_hours_are_hours_wherever_a_setting_is_written()
    {
        File.WriteAllText(
            file,
            """{ "MaintenanceWindows": [ { "Cron": "0 2 * * SUN", "Duration": "24:00:00" } ], "Backoff": { "Longest": "24:00:00" } }""");
        Environment.SetEnvironmentVariable("MIMHYBRID_SyncServer__StopGrace", "0:60");
        Environment.SetEnvironmentVariable("MIMHYBRID_SyncServer__LongestRun", "36:00:00");
        try
        {
            var (settings, errors) = Bind(("Graph:WarnBeforeExpiry", "48:00:00"));
            Assert.StartsWith(
                "SyncServer:StopGrace (environment variable MIMHYBRID_SyncServer__StopGrace) is '0:60'",
                errors[0],
                StringComparison.Ordinal);
            Assert.Equal(TimeSpan.FromDays(1), settings.Agent.MaintenanceWindows[0].Duration);
            Assert.Equal(TimeSpan.FromDays(1), settings.Agent.Backoff.Longest);
            Assert.Equal(TimeSpan.FromHours(36), settings.SyncServer.LongestRun);
            Assert.Equal(TimeSpan.FromDays(2), settings.Graph.WarnBeforeExpiry);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MIMHYBRID_SyncServer__StopGrace", null);
            Environment.SetEnvironmentVariable("MIMHYBRID_SyncServer__LongestRun", null);
        }
    }

    [Theory]
    [InlineData(
        "MIMHYBRID_Bootdelai", "1",
        "Bootdelai (environment variable MIMHYBRID_Bootdelai) is no setting; the nearest is BootDelay;")]
    [InlineData("MIMHYBRID_Graf__TenantId", "1", "Graf (environment variable MIMHYBRID_Graf__TenantId) is no setting;")]
    [InlineData(
        "MIMHYBRID_GRAPH_PROXY", "1",
        "GRAPH_PROXY (environment variable MIMHYBRID_GRAPH_PROXY) is no setting; the nearest is GRAPH__PROXY;")]
    [InlineData(
        "MIMHYBRID_Graph__TenentId", "1",
        "Graph:TenentId (environment variable MIMHYBRID_Graph__TenentId) is no setting; the nearest is TenantId;")]
    public void A_variable_misspelt_is_told(string variable, string value, string expected)
    {
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            Assert.StartsWith(expected, Assert.Single(Errors("{}")), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public void A_variable_of_another_program_with_our_prefix_is_none_of_our_business()
    {
        Environment.SetEnvironmentVariable("MIMHYBRID_BACKUP_FOLDER", "D:");
        try
        {
            File.WriteAllText(file, $"{{ {Graph} }}");
            Assert.Empty(Bind().Errors);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MIMHYBRID_BACKUP_FOLDER", null);
        }
    }

    public void Dispose() => File.Delete(file);

    private IReadOnlyList<string> Errors(string json, bool tenant = true)
    {
        File.WriteAllText(file, tenant ? json[..json.LastIndexOf('}')] + (json.Trim() == "{}" ? "" : ",") + Graph + "}" : json);
        return Bind().Errors;
    }

    private (LoadedSettings Settings, IReadOnlyList<string> Errors) Bind(params (string Name, string Value)[] set)
    {
        var options = new CommonValues(
            "/data", file, Sandbox: false, Rehearsal: null, [.. set.Select(pair => new SetValue(pair.Name, pair.Value))]);
        return SettingsLoader.Bind(SettingsLayers.Read(options), options);
    }
}
