using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class ClientAssertionTests
{
    private const string App = "44444444-4444-4444-4444-444444444444";

    // Made once: an RSA key takes half a second.
    private static readonly X509Certificate2 certificate = MakeCertificate();
    private static readonly X509Certificate2 other = MakeCertificate();

    [Fact]
    public async Task An_assertion_signed_by_the_registered_certificate_signs_in()
    {
        await using var running = await StartAsync();

        Assert.Equal(200, (await SignInAsync(running, certificate)).Status);
    }

    [Fact]
    public async Task Another_certificate_is_not_registered()
    {
        await using var running = await StartAsync();

        Assert.Equal(700027, CodeOf(await SignInAsync(running, other)));
    }

    [Fact]
    public async Task Naming_the_registered_certificate_does_not_help_without_its_key()
    {
        await using var running = await StartAsync();

        Assert.Equal(700027, CodeOf(await SignInAsync(running, other, named: certificate)));
    }

    [Fact]
    public async Task A_clock_that_is_off_makes_the_assertion_invalid()
    {
        await using var running = await StartAsync();

        Assert.Equal(700024, CodeOf(await SignInAsync(running, certificate, TimeSpan.FromMinutes(-20))));
        Assert.Equal(700024, CodeOf(await SignInAsync(running, certificate, TimeSpan.FromMinutes(20))));
    }

    [Fact]
    public async Task Something_else_than_an_assertion_is_malformed()
    {
        await using var running = await StartAsync();
        var form = Form(running, "not.an.assertion");

        Assert.Equal(50027, CodeOf(await running.Client.SignInAsync(form)));
    }

    private static Task<RunningTenant> StartAsync() =>
        RunningTenant.StartAsync(new SandboxTenantOptions { Apps = [new TenantApp(App, null) { Certificate = certificate }] });

    private static int CodeOf(Reply reply) => (int)reply.Body["error_codes"]![0]!;

    private static Task<Reply> SignInAsync(
        RunningTenant running,
        X509Certificate2 signer,
        TimeSpan clockOff = default,
        X509Certificate2? named = null)
    {
        var now = running.Clock.GetUtcNow() + clockOff;
        var thumbprint = Base64Url.EncodeToString((named ?? signer).GetCertHash(HashAlgorithmName.SHA256));
        var header = new JsonObject { ["alg"] = "PS256", ["x5t#S256"] = thumbprint };
        var claims = new JsonObject
        {
            ["iss"] = App,
            ["sub"] = App,
            ["aud"] = $"{running.Tenant.AuthorityHost}{running.Tenant.TenantId}/oauth2/v2.0/token",
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + 600,
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        using var key = signer.GetRSAPrivateKey()!;
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        return running.Client.SignInAsync(Form(running, $"{signed}.{Base64Url.EncodeToString(signature)}"));
    }

    private static Dictionary<string, string> Form(RunningTenant running, string assertion)
    {
        var form = running.Client.SignInForm();
        form["client_id"] = App;
        form.Remove("client_secret");
        form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        form["client_assertion"] = assertion;
        return form;
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=agent", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return request.CreateSelfSigned(from, from.AddYears(1));
    }
}
