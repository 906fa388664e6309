using System.Buffers.Text;
using System.Text.Json.Nodes;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class TokenEndpointTests
{
    [Fact]
    public async Task Client_credentials_are_answered_with_a_bearer_token()
    {
        await using var running = await RunningTenant.StartAsync();

        var reply = await running.Client.SignInAsync();

        Assert.Equal((200, "Bearer", 3599), (reply.Status, (string?)reply.Body["token_type"], (int)reply.Body["expires_in"]!));
        Assert.Equal(3, ((string)reply.Body["access_token"]!).Split('.').Length);
        Assert.Equal(200, (await running.Client.GetAsync("/users")).Status);
    }

    [Theory]
    [InlineData("""{"access_token":{"xms_cc":{"values":["CP1"]}}}""", "CP1")]
    [InlineData("""{"access_token":{"nbf":{"essential":true}}}""", null)]
    [InlineData(null, null)]
    public async Task What_a_client_says_it_can_do_is_in_its_token(string? claims, string? capability)
    {
        await using var running = await RunningTenant.StartAsync();
        var form = running.Client.SignInForm();
        if (claims is not null)
            form["claims"] = claims;

        var token = (string)(await running.Client.SignInAsync(form)).Body["access_token"]!;

        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        Assert.Equal(capability, (string?)payload["xms_cc"]?[0]);
    }

    [Theory]
    [InlineData("client_secret", "wrong", 401, "invalid_client", 7000215)]
    [InlineData("client_secret", "", 401, "invalid_client", 7000216)]
    [InlineData("client_id", "11111111-1111-1111-1111-111111111111", 400, "unauthorized_client", 700016)]
    [InlineData("scope", "https://microsoftgraph.chinacloudapi.cn/.default", 400, "invalid_resource", 500011)]
    [InlineData("scope", "User.Read.All", 400, "invalid_scope", 70011)]
    [InlineData("grant_type", "password", 400, "unsupported_grant_type", 70003)]
    public async Task Each_mistake_has_the_answer_that_entra_gives(string field, string value, int status, string error, int code)
    {
        await using var running = await RunningTenant.StartAsync();
        var form = running.Client.SignInForm();
        form[field] = value;

        var reply = await running.Client.SignInAsync(form);

        Assert.Equal((status, error, code), (reply.Status, (string?)reply.Body["error"], (int)reply.Body["error_codes"]![0]!));
        Assert.StartsWith($"AADSTS{code}: ", (string?)reply.Body["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_that_is_not_here_is_not_found()
    {
        await using var running = await RunningTenant.StartAsync();

        var reply = await running.Client.SignInAsync(tenantId: "22222222-2222-2222-2222-222222222222");

        Assert.Equal((400, 90002), (reply.Status, (int)reply.Body["error_codes"]![0]!));
    }

    [Fact]
    public async Task The_tenant_goes_by_its_domain_too()
    {
        await using var running = await RunningTenant.StartAsync();

        Assert.Equal(200, (await running.Client.SignInAsync(tenantId: "sandboxtenant.onmicrosoft.com")).Status);
    }

    [Fact]
    public async Task A_secret_can_expire_while_the_tenant_runs()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Tenant.Apps.Register(new TenantApp(running.Tenant.ClientId, running.Tenant.ClientSecret) { SecretExpired = true });

        Assert.Equal(7000222, (int)(await running.Client.SignInAsync()).Body["error_codes"]![0]!);
    }

    [Fact]
    public async Task Each_tenant_has_a_client_id_of_its_own()
    {
        await using var one = await RunningTenant.StartAsync();
        await using var other = await RunningTenant.StartAsync();
        var wanted = Guid.NewGuid().ToString();
        await using var given = await RunningTenant.StartAsync(new SandboxTenantOptions { ClientId = wanted });

        Assert.NotEqual(one.Tenant.ClientId, other.Tenant.ClientId);
        Assert.Equal(wanted, given.Tenant.ClientId);
        Assert.Equal(200, (await given.Client.SignInAsync()).Status);
    }

    [Fact]
    public async Task Graph_refuses_a_call_without_a_token()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Client.UseToken(null);

        var reply = await running.Client.GetAsync("/users/delta");

        Assert.Equal((401, "InvalidAuthenticationToken"), (reply.Status, reply.ErrorCode));
        Assert.StartsWith("Bearer realm=", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graph_refuses_a_token_of_another_tenant_and_an_altered_one()
    {
        await using var running = await RunningTenant.StartAsync();
        await using var other = await RunningTenant.StartAsync();
        var own = (string)(await running.Client.SignInAsync()).Body["access_token"]!;
        var foreign = (string)(await other.Client.SignInAsync()).Body["access_token"]!;

        foreach (var token in new[] { foreign, own[..^4] + "AAAA", "no.token.at-all", "nothing" })
        {
            running.Client.UseToken(token);
            Assert.Equal(401, (await running.Client.GetAsync("/users")).Status);
        }
    }

    [Fact]
    public async Task Graph_refuses_a_token_whose_time_is_over()
    {
        await using var running = await RunningTenant.StartAsync(
            new SandboxTenantOptions { AccessTokenLifetime = TimeSpan.FromMinutes(10) });
        await running.Client.SignInAsync();
        running.Clock.Advance(TimeSpan.FromSeconds(599));
        var inTime = await running.Client.GetAsync("/users");
        running.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(200, inTime.Status);
        Assert.Equal(401, (await running.Client.GetAsync("/users")).Status);
    }

    [Fact]
    public async Task Graph_forbids_what_was_not_consented_to()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions
        {
            Apps = [new TenantApp("reader", "secret") { Roles = ["User.Read.All"] }, new TenantApp("nobody", "secret") { Roles = [] }],
        });
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        var form = running.Client.SignInForm();
        (form["client_id"], form["client_secret"]) = ("reader", "secret");
        await running.Client.SignInAsync(form);
        var read = await running.Client.GetAsync("/users");
        var written = await running.Client.SendAsync(HttpMethod.Delete, $"/users/{guest.Id}");
        form["client_id"] = "nobody";
        await running.Client.SignInAsync(form);
        var denied = await running.Client.GetAsync("/users/delta");

        Assert.Equal((200, 403), (read.Status, written.Status));
        Assert.Equal((403, "Authorization_RequestDenied"), (denied.Status, denied.ErrorCode));
    }
}
