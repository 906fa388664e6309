using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>Each setting in force, with where it comes from, and never a secret.</summary>
[Collection(OwnEnvironment.Name)]
public sealed class EffectiveSettingsTests : IDisposable
{
    private const string Secret = "planted-7f3a-secret";

    private readonly string file = Path.GetTempFileName();

    [Fact]
    public void A_value_is_told_with_its_source()
    {
        var settings = Read(
            """{ "bootDelay": "00:10:00", "Graph": { "TenantId": "contoso.example", "Select": [ "id", "userType", "mail" ] }, "Backoff": { "First": "00:00:10" } }""",
            ("Backoff:First", "00:00:20"));

        Assert.Equal(("00:10:00", file), Of(settings, "BootDelay"));
        Assert.Equal(("contoso.example", file), Of(settings, "Graph:TenantId"));
        Assert.Equal(("mail", file), Of(settings, "Graph:Select:2"));
        Assert.Equal(("00:00:20", "command line"), Of(settings, "Backoff:First"));
        Assert.Equal(("00:30:00", "default"), Of(settings, "Backoff:Longest"));
        Assert.Equal(("00:01:00", "default"), Of(settings, "Functions:GuestChanges:PollInterval"));
        Assert.Equal((null, "default"), Of(settings, "Graph:Proxy"));
        Assert.Equal(settings.Count, settings.Select(setting => setting.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_environment_goes_by_the_name_of_the_variable()
    {
        Environment.SetEnvironmentVariable("MIMHYBRID_Arrival__wait", "00:00:07");
        try
        {
            Assert.Equal(("00:00:07", "environment variable MIMHYBRID_Arrival__wait"), Of(Read("{}"), "Arrival:Wait"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("MIMHYBRID_Arrival__wait", null);
        }
    }

    [Fact]
    public void Shipped_sequences_are_shown_until_the_settings_state_their_own()
    {
        Assert.Equal(("Delta Import (Stage Only)", "default"), Of(Read("{}"), "Sequences:ChangeDriven:0:RunProfile"));

        var own = Read("""{ "Sequences": { "ChangeDriven": [ { "ManagementAgent": "Guests", "RunProfile": "Delta Import" } ] } }""");
        Assert.Equal(("Delta Import", file), Of(own, "Sequences:ChangeDriven:0:RunProfile"));
        Assert.DoesNotContain(own, setting => setting.Name.StartsWith("Sequences:ChangeDriven:1", StringComparison.Ordinal));
    }

    /// <summary>The shipped Fallback would ask for profiles of names that this MIM does not have.</summary>
    [Theory]
    [InlineData("{}", "Fallback", "true")]
    [InlineData("""{ "Functions": { "FallbackCycle": { "Interval": "02:00:00" } } }""", "Fallback", "true")]
    [InlineData("""{ "Functions": { "FallbackCycle": { "Sequence": "Full" } } }""", "Full", "false")]
    [InlineData("""{ "Functions": { "FallbackCycle": { "Enabled": false } } }""", "Fallback", "false")]
    [InlineData("""{ "sequences": { "full": [ { "ManagementAgent": "Guests", "RunProfile": "Full Import" } ] } }""", "Full", "false")]
    public void Settings_written_before_there_was_a_fallback_keep_their_meaning(string json, string sequence, string nightly)
    {
        var settings = Read(json);
        Assert.Equal(sequence, Of(settings, "Functions:FallbackCycle:Sequence").Item1);
        Assert.All(
            ["Functions:NightlyCycle:Enabled", "Functions:WeeklyFull:Enabled"], timer => Assert.Equal(nightly, Of(settings, timer).Item1));
    }

    [Fact]
    public void Secrets_are_not_shown_wherever_they_were_written()
    {
        var settings = Read(
            $$"""{ "Graph": { "ClientSecret": "{{Secret}}", "ClientSecretExpires": "2027-05-31", "Proxy": "http://me:{{Secret}}@proxy", "ClientId": "x~{{Secret}}" } }""");

        Assert.DoesNotContain(settings, setting => setting.Value?.Contains(Secret, StringComparison.Ordinal) == true);
        Assert.All(["Graph:ClientSecret", "Graph:Proxy", "Graph:ClientId"], name => Assert.Equal(("(set; not shown)", file), Of(settings, name)));
        Assert.Equal(("2027-05-31", file), Of(settings, "Graph:ClientSecretExpires"));
    }

    [Fact]
    public void The_sandbox_says_what_it_changes()
    {
        var settings = Read("{}", sandbox: true);
        Assert.Equal(("00:00:00", "sandbox"), Of(settings, "BootDelay"));
        Assert.Equal(("Sandbox", "sandbox"), Of(settings, "Graph:Connection"));
    }

    public void Dispose() => File.Delete(file);

    private static (string?, string) Of(List<EffectiveSetting> settings, string name)
    {
        var setting = Assert.Single(settings, setting => setting.Name == name);
        return (setting.Value, setting.Source);
    }

    private List<EffectiveSetting> Read(string json, params (string Name, string Value)[] set) => Read(json, sandbox: false, set);

    private List<EffectiveSetting> Read(string json, bool sandbox, params (string Name, string Value)[] set)
    {
        File.WriteAllText(file, json);
        var options = new CommonValues("/data", file, sandbox, Rehearsal: null, [.. set.Select(pair => new SetValue(pair.Name, pair.Value))]);
        var layers = SettingsLayers.Read(options);
        return [.. EffectiveSettings.Of(SettingsLoader.Bind(layers, options).Settings, layers)];
    }
}
