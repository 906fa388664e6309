using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

public sealed class EntraTests : ScriptTest
{
    private EntraTenant Entra => world.Entra;

    [Fact]
    public void The_application_asks_for_User_Read_All_and_nothing_else_and_has_it_granted()
    {
        var run = setup.NewApp().Succeeded();

        var application = Assert.Single(Entra.Applications);
        Assert.Equal("AzureADMyOrg", (string?)application["signInAudience"]);
        var access = Assert.Single(Assert.Single(application["requiredResourceAccess"]!.AsArray())!["resourceAccess"]!.AsArray())!;
        Assert.Equal((EntraTenant.Role, "Role"), ((string?)access["id"], (string?)access["type"]));
        var grant = Assert.Single(Entra.Grants);
        Assert.Equal((EntraTenant.GraphPrincipal, EntraTenant.Role), (grant.Resource, grant.Role));
        Assert.Equal((string)application["appId"]!, run.Result.Properties["ClientId"].Value);
        Assert.Equal(true, run.Result.Properties["ConsentGranted"].Value);
        Assert.Contains("type ABC-DEF", run.Said, StringComparison.Ordinal);
    }

    /// <summary>Asked for at the first run or at a later one; whoever reads on is told what it lets the application do.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mails_are_allowed_where_somebody_asks_for_it_and_the_way_to_limit_that_is_named(bool later)
    {
        if (later) setup.NewApp().Succeeded();

        var run = setup.NewApp(new() { ["AllowMail"] = true }).Succeeded();

        var access = Assert.Single(Assert.Single(Entra.Applications)["requiredResourceAccess"]!.AsArray())!["resourceAccess"]!.AsArray();
        Assert.Equal([EntraTenant.Role, EntraTenant.MailRole], access.Select(one => (string?)one!["id"]));
        Assert.Equal([EntraTenant.Role, EntraTenant.MailRole], Entra.Grants.Select(grant => grant.Role));
        Assert.Contains("may send as every mailbox of the tenant. To limit it to one: README.md", run.Said, StringComparison.Ordinal);

        Assert.DoesNotContain("other permissions", setup.NewApp().Succeeded().Said, StringComparison.Ordinal);
        Assert.Equal(2, Entra.Grants.Count);
    }

    [Fact]
    public void The_certificate_is_uploaded_and_its_key_is_for_the_account_alone_beside_administrators()
    {
        setup.NewApp().Succeeded();

        var certificate = Assert.Single(world.Certificates);
        Assert.Equal("CN=MimHybrid", certificate.Subject);
        var key = Assert.Single(Entra.Applications[0]["keyCredentials"]!.AsArray())!;
        Assert.Equal(Convert.ToBase64String(certificate.RawData), (string?)key["key"]);
        Assert.Equal(("AsymmetricX509Cert", "Verify"), ((string?)key["type"], (string?)key["usage"]));
        var list = world.AccessLists[Path.Combine(world.KeyFolder, certificate.Thumbprint)];
        Assert.True(list.Protected);
        Assert.Equal(["S-1-5-18:2032127:0:Allow", "S-1-5-32-544:2032127:0:Allow", WindowsWorld.SyncUser + ":1179785:0:Allow"], list.Rules);
    }

    [Fact]
    public void What_it_gives_is_all_that_the_installation_needs()
    {
        var app = setup.NewApp().Succeeded().Result;

        ScriptRun.Of(world, setup.First.Script("Install-MimHybrid.ps1"), new() { ["ProgramFolder"] = world.ProgramFolder, ["DataFolder"] = world.DataFolder }, input: app).Succeeded();

        var graph = JsonNode.Parse(File.ReadAllText(Path.Combine(world.ProgramFolder, "appsettings.json")))!["Graph"]!.AsObject();
        Assert.Equal(["Global", Setup.Tenant, (string?)Entra.Applications[0]["appId"], "CN=MimHybrid"], graph.Select(pair => (string?)pair.Value));
        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void What_Entra_does_not_know_everywhere_yet_is_waited_for()
    {
        var app = setup.NewApp().Succeeded().Result;
        world.CheckFailures = 3;

        ScriptRun.Of(world, setup.First.Script("Install-MimHybrid.ps1"), new() { ["ProgramFolder"] = world.ProgramFolder, ["DataFolder"] = world.DataFolder }, input: app).Succeeded();

        Assert.Equal(4, world.AccountCheck.Runs.Count);
        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void Twice_makes_nothing_twice()
    {
        var first = setup.NewApp().Succeeded().Result;

        var second = setup.NewApp().Succeeded().Result;

        Assert.Equal(first.Properties["ClientId"].Value, second.Properties["ClientId"].Value);
        Assert.Single(Entra.Applications);
        Assert.Single(world.Certificates);
        Assert.Single(Entra.Grants);
        Assert.Single(Entra.Applications[0]["keyCredentials"]!.AsArray());
    }

    [Fact]
    public void For_another_account_the_same_certificate_changes_hands()
    {
        setup.NewApp().Succeeded();

        setup.NewApp(new() { ["Account"] = @"CONTOSO\svc-mim$" }).Succeeded();

        var rules = world.AccessLists[Path.Combine(world.KeyFolder, Assert.Single(world.Certificates).Thumbprint)].Rules;
        Assert.Equal(["S-1-5-18", "S-1-5-32-544", WindowsWorld.Managed], rules.Select(rule => rule.Split(':')[0]));
    }

    /// <summary>As CNG makes the file of a key, or as somebody left it: by itself or by the folder above, others could use the key.</summary>
    [Theory]
    [InlineData(false, "S-1-5-32-545:1179785:0", "S-1-1-0:1179785:0", "S-1-3-0:2032127:0", "S-1-5-20:1179785:0")] // Users, Everyone, CREATOR OWNER, NETWORK SERVICE
    [InlineData(true, "S-1-5-32-545:1179785:3", "S-1-1-0:1179785:3", "S-1-3-0:2032127:3", "S-1-5-20:1179785:3")]
    public void Nobody_else_keeps_a_right_to_the_key(bool inherited, params string[] rights)
    {
        setup.NewApp().Succeeded();
        var key = Path.Combine(world.KeyFolder, Assert.Single(world.Certificates).Thumbprint);
        world.AccessLists[key].Protected = !inherited;
        world.AccessListOf(inherited ? world.KeyFolder : key).Rules.AddRange(rights.Select(right => right + ":Allow"));

        setup.NewApp().Succeeded();

        Assert.Equal(["S-1-5-18", "S-1-5-32-544", WindowsWorld.SyncUser], AccessList.All(key, world.RightsOf).Select(rule => rule.Split(':')[0]));
    }

    [Fact]
    public void Somebody_who_may_not_grant_gets_the_link_for_one_who_may()
    {
        Entra.MayGrant = false;

        var run = setup.NewApp().Succeeded();

        Assert.Equal(false, run.Result.Properties["ConsentGranted"].Value);
        Assert.Contains($"https://login.microsoftonline.com/contoso.com/adminconsent?client_id={Entra.Applications[0]["appId"]}", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_could_not_be_uploaded_is_removed_with_its_key()
    {
        Entra.Broken = "Patch ";

        var run = setup.NewApp();

        Assert.Contains("Graph refused Patch", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(world.Certificates);
        Assert.Empty(Directory.GetFiles(world.KeyFolder));
    }

    [Fact]
    public void A_renewed_certificate_stands_beside_the_old_one_and_begins_a_quarter_of_an_hour_later()
    {
        setup.NewApp().Succeeded();
        var old = world.Certificates[0];

        setup.NewApp(new() { ["Renew"] = true }).Succeeded();

        var renewed = world.Certificates[1];
        Assert.Equal(2, Entra.Applications[0]["keyCredentials"]!.AsArray().Count);
        Assert.Equal(Convert.ToBase64String(old.RawData), (string?)Entra.Applications[0]["keyCredentials"]![0]!["key"]);
        Assert.InRange(renewed.NotBefore - old.NotBefore, TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(25));
        Assert.True(renewed.NotBefore < old.NotAfter);
    }

    [Fact]
    public void Ended_certificates_are_removed_from_the_application_and_from_the_server()
    {
        setup.NewApp().Succeeded();
        var good = world.Certificates[0];
        AddEnded(Entra.Applications[0]["keyCredentials"]!.AsArray());

        var run = setup.NewApp(new() { ["RemoveExpired"] = true }).Succeeded();

        Assert.Same(good, Assert.Single(world.Certificates));
        Assert.Equal(Convert.ToBase64String(good.RawData), (string?)Assert.Single(Entra.Applications[0]["keyCredentials"]!.AsArray())!["key"]);
        Assert.Contains("Removed 1 ended certificates from the application and 1 from this server.", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_certificate_is_never_removed()
    {
        setup.NewApp().Succeeded();
        var keys = Entra.Applications[0]["keyCredentials"]!.AsArray();
        keys.Clear();
        AddEnded(keys);

        var run = setup.NewApp(new() { ["RemoveExpired"] = true });

        Assert.Contains("-Renew first", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Single(keys);
    }

    [Theory]
    [InlineData("", "Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All")]
    [InlineData("NoConsent", "Application.ReadWrite.All")]
    [InlineData("Renew", "Application.ReadWrite.All")]
    [InlineData("RemoveExpired", "Application.ReadWrite.All")]
    [InlineData("ManagedIdentity", "Application.Read.All", "AppRoleAssignment.ReadWrite.All")]
    public void Whoever_signs_in_consents_to_no_more_than_the_form_needs(string form, params string[] scopes)
    {
        setup.NewApp().Succeeded();
        Dictionary<string, object?> more = form.Length > 0 ? new() { [form] = true } : [];
        if (form == "ManagedIdentity") more["MachineName"] = "MIM01";

        setup.NewApp(more).Succeeded();

        Assert.Equal(scopes, Entra.Scopes);
    }

    [Fact]
    public void A_managed_identity_is_granted_the_same_and_no_application_is_made()
    {
        var run = setup.NewApp(new() { ["ManagedIdentity"] = true, ["MachineName"] = "MIM01" }).Succeeded();

        Assert.Empty(Entra.Applications);
        Assert.Empty(world.Certificates);
        Assert.Equal((EntraTenant.ArcPrincipal, EntraTenant.GraphPrincipal, EntraTenant.Role), Assert.Single(Entra.Grants));
        Assert.Equal(true, run.Result.Properties["ManagedIdentity"].Value);
        Assert.Contains("Hybrid agent extension applications", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UsGovL4", "https://login.microsoftonline.us", "https://graph.microsoft.us")]
    [InlineData("UsGovL5", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us")]
    [InlineData("China", "https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn")]
    public void Each_cloud_has_its_own_sign_in_and_Graph(string cloud, string authority, string graph)
    {
        (Entra.Authority, Entra.Graph) = (authority, graph);

        var run = setup.NewApp(new() { ["Cloud"] = cloud }).Succeeded();

        Assert.Equal(cloud, run.Result.Properties["Cloud"].Value);
        Assert.Single(Entra.Grants);
    }

    [Fact]
    public void A_tenant_that_forbids_device_codes_is_told_of_the_other_way_and_the_other_way_works()
    {
        Entra.SignInRefused = """{"error":"access_denied","error_description":"AADSTS530036: blocked"}""";

        Assert.Contains("give it with -AccessToken", setup.NewApp().Failure!.Message, StringComparison.Ordinal);
        var token = new System.Net.NetworkCredential("", EntraTenant.Token).SecurePassword;
        setup.NewApp(new() { ["AccessToken"] = token }).Succeeded();

        Assert.Single(Entra.Grants);
    }

    [Fact]
    public void Other_permissions_of_an_application_of_that_name_are_pointed_out()
    {
        Entra.Applications.Add(new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["appId"] = Guid.NewGuid().ToString(),
            ["displayName"] = "MimHybrid",
            ["keyCredentials"] = new JsonArray(),
            ["passwordCredentials"] = new JsonArray(),
            ["requiredResourceAccess"] = new JsonArray(new JsonObject { ["resourceAccess"] = new JsonArray(new JsonObject { ["id"] = "other" }) }),
        });

        var run = setup.NewApp().Succeeded();

        Assert.Contains("other permissions than User.Read.All alone", run.Said, StringComparison.Ordinal);
        Assert.Single(Entra.Applications);
    }

    private void AddEnded(JsonArray keys)
    {
        using var key = RSA.Create(2048);
        var ended = new CertificateRequest("CN=MimHybrid", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        world.Certificates.Add(ended);
        keys.Add(new JsonObject { ["key"] = Convert.ToBase64String(ended.RawData), ["endDateTime"] = "2021-01-01T00:00:00Z" });
    }
}
