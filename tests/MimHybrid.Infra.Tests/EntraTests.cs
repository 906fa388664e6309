using System.Text.Json;

namespace MimHybrid.Infra.Tests;

/// <summary>The application's manifest asks for what the agent needs and for nothing else.</summary>
public sealed class EntraTests
{
    // Microsoft Graph permissions reference: Microsoft Graph's own application id, and User.Read.All as an application permission.
    private const string MicrosoftGraph = "00000003-0000-0000-c000-000000000000";
    private const string ReadAllUsers = "df021288-bdef-4463-88db-98f22de89214";

    [Fact]
    public void It_asks_for_one_permission_to_read_users_as_an_application_in_one_tenant()
    {
        using var manifest = JsonDocument.Parse(Infra.Read("entra", "manifest.json"));

        Assert.Equal("AzureADMyOrg", manifest.RootElement.GetProperty("signInAudience").GetString());
        var resource = Assert.Single(manifest.RootElement.GetProperty("requiredResourceAccess").EnumerateArray());
        Assert.Equal(MicrosoftGraph, resource.GetProperty("resourceAppId").GetString());
        var access = Assert.Single(resource.GetProperty("resourceAccess").EnumerateArray());
        Assert.Equal((ReadAllUsers, "Role"), (access.GetProperty("id").GetString(), access.GetProperty("type").GetString()));
    }

    [Fact]
    public void It_holds_no_credential_no_address_to_sign_people_in_and_no_id_of_a_tenant()
    {
        using var manifest = JsonDocument.Parse(Infra.Read("entra", "manifest.json"));

        Assert.Equal(["displayName", "signInAudience", "requiredResourceAccess"], manifest.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void The_page_for_people_who_click_says_the_same_ids()
    {
        var page = Infra.Read("entra", "README.md");

        Assert.Contains(MicrosoftGraph, page, StringComparison.Ordinal);
        Assert.Contains(ReadAllUsers, page, StringComparison.Ordinal);
        Assert.Contains(Infra.Read("entra", "manifest.json").TrimEnd(), page, StringComparison.Ordinal);
    }
}
