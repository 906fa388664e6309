using System.Text.Json.Nodes;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests.Attacks;

/// <summary>In most tenants every user may register applications. One that is called as ours, and waits for an administrator to give it the permission, is not given it.</summary>
public sealed class ApplicationAttackTests : ScriptTest
{
    private EntraTenant Entra => world.Entra;

    [Theory]
    [InlineData("owners", """{ "id": "00000000-0000-0000-0000-00000000dddd", "displayName": "Mallory" }""", "the owner Mallory")]
    [InlineData("passwordCredentials", """{ "hint": "abc" }""", "whoever has its client secret")]
    [InlineData("keyCredentials", """{ "key": "MIIB", "endDateTime": "2099-01-01T00:00:00Z" }""", "whoever has the key of a certificate that is not of this server")]
    public void An_application_that_somebody_else_can_use_is_not_given_the_permission(string list, string entry, string who)
    {
        HasApplication()[list] = new JsonArray(JsonNode.Parse(entry));

        var run = setup.NewApp();

        Assert.Contains(who, run.Failure?.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(Entra.Grants);
        Assert.Empty(world.Certificates);
    }

    [Fact]
    public void One_s_own_is()
    {
        HasApplication()["owners"] = new JsonArray(new JsonObject { ["id"] = EntraTenant.Administrator, ["displayName"] = "Ada" });

        setup.NewApp().Succeeded();

        Assert.Single(Entra.Grants);
    }

    /// <summary>As on the second server, whose certificate is added beside that of the first.</summary>
    [Fact]
    public void One_that_has_the_permission_already_is_used_whoever_owns_it()
    {
        setup.NewApp().Succeeded();
        Entra.Applications[0]["owners"] = new JsonArray(new JsonObject { ["id"] = "other", ["displayName"] = "Grace" });
        world.Certificates.Clear();

        setup.NewApp().Succeeded();

        Assert.Equal(2, Entra.Applications[0]["keyCredentials"]!.AsArray().Count);
        Assert.Single(Entra.Grants);
    }

    private JsonObject HasApplication()
    {
        var application = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["appId"] = Guid.NewGuid().ToString(),
            ["displayName"] = "MimHybrid",
            ["keyCredentials"] = new JsonArray(),
            ["passwordCredentials"] = new JsonArray(),
            ["requiredResourceAccess"] = new JsonArray(new JsonObject { ["resourceAccess"] = new JsonArray(new JsonObject { ["id"] = EntraTenant.Role }) }),
        };
        Entra.Applications.Add(application);
        return application;
    }
}
