namespace MimHybrid.Graph.Tests;

public sealed class GraphSettingsTests
{
    private static GraphSettings Valid() => new()
    {
        TenantId = "contoso.onmicrosoft.com",
        ClientId = "6a0c1f0e-6f4f-4f57-9d5a-0b6a4a1d2c11",
        ClientSecret = "planted-secret",
    };

    [Fact]
    public void Tenant_application_and_secret_are_enough() => Assert.Empty(Valid().Validate());

    [Fact]
    public void A_certificate_does_instead_of_a_secret_even_as_a_dialog_copies_it()
    {
        var settings = Valid();
        settings.ClientSecret = null;
        settings.CertificateThumbprint = "\u200ea1 b2 c3 d4 e5 f6 a1 b2 c3 d4 e5 f6 a1 b2 c3 d4 e5 f6 a1 b2";
        Assert.Empty(settings.Validate());
    }

    [Fact]
    public void All_errors_come_at_once_each_with_the_settings_full_name()
    {
        var errors = new GraphSettings
        {
            Cloud = (GraphCloud)9,
            TenantId = "common",
            ClientId = "my app",
            AuthorityHost = "http://login",
            Select = ["userType", "signInActivity"],
            Proxy = "proxy:8080",
            RequestTimeout = TimeSpan.Zero,
            LargestPageBytes = 1,
        }.Validate();

        string[] settings =
        [
            "Cloud", "TenantId", "ClientId", "CertificateThumbprint", "AuthorityHost", "AuthorityHost", "Proxy", "Select", "Select",
            "RequestTimeout", "LargestPageBytes",
        ];
        Assert.Equal(settings.Select(name => $"Graph:{name}"), errors.Select(error => error.Split(' ')[0]));
    }

    [Fact]
    public void An_error_states_the_value_and_what_is_allowed()
    {
        var settings = Valid();
        settings.ClientId = "my app";
        Assert.Equal(["Graph:ClientId is 'my app'; allowed is the application (client) id of the app registration, a GUID."], settings.Validate());
    }

    [Fact]
    public void Something_missing_is_called_missing()
    {
        var settings = Valid();
        settings.TenantId = "";
        Assert.StartsWith("Graph:TenantId is missing; allowed is", Assert.Single(settings.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_credentials_are_one_too_many_and_the_secret_is_not_shown()
    {
        var settings = Valid();
        settings.CertificateThumbprint = new string('A', 40);
        Assert.Equal(["Graph:CertificateThumbprint and Graph:ClientSecret are both set; exactly one of them is allowed."], settings.Validate());
    }

    [Fact]
    public void A_subject_or_a_managed_identity_does_too_and_the_latter_needs_no_application()
    {
        var subject = Valid();
        (subject.ClientSecret, subject.CertificateSubject) = (null, "CN=MimHybrid, O=Contoso");
        Assert.Empty(subject.Validate());

        var managed = Valid();
        (managed.ClientSecret, managed.ClientId, managed.ManagedIdentity) = (null, "", true);
        Assert.Empty(managed.Validate());
        managed.CertificateSubject = "MimHybrid";
        Assert.Equal(["Graph:CertificateSubject and Graph:ManagedIdentity are both set; exactly one of them is allowed."], managed.Validate());
    }

    [Fact]
    public void The_filter_selects_what_it_looks_at_and_belongs_to_the_fingerprint()
    {
        var settings = Valid();
        settings.Select = ["id", "userType", "Mail"];
        var before = settings.Fingerprint;
        (settings.Guests.AcceptedOnly, settings.Guests.InvitedOnly, settings.Guests.MailDomains) = (true, true, ["fabrikam.example"]);
        Assert.Equal(["id", "userType", "Mail", "externalUserState", "creationType"], settings.SelectedProperties);
        Assert.Empty(settings.Validate());
        var both = settings.Fingerprint;
        settings.Guests.MailDomains = ["wingtip.example"];
        Assert.Distinct([before, both, settings.Fingerprint]);
    }

    [Theory]
    [InlineData("someone@fabrikam.example")]
    [InlineData("*.fabrikam.example")]
    [InlineData("")]
    public void A_mail_domain_is_a_domain(string domain)
    {
        var settings = Valid();
        settings.Guests.MailDomains = [domain];
        Assert.StartsWith("Graph:Guests:MailDomains is", Assert.Single(settings.Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AbC8Q~planted-in-the-wrong-box")]
    [InlineData("user:planted@contoso")]
    public void A_secret_in_the_wrong_box_is_not_shown(string misplaced)
    {
        var settings = Valid();
        settings.ClientId = misplaced;
        settings.Proxy = $"http://someone:{misplaced}@proxy";
        Assert.DoesNotContain("planted", string.Concat(settings.Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://localhost:5001/v1.0", true)]
    [InlineData("http://127.0.0.1:5001/v1.0", true)]
    [InlineData("http://graph.contoso.example/v1.0", false)]
    [InlineData("ftp://localhost/v1.0", false)]
    [InlineData("graph.microsoft.com", false)]
    [InlineData("https://graph.microsoft.com/v1.0?x=1", false)]
    public void A_base_address_is_https_or_on_this_machine(string address, bool allowed)
    {
        var settings = Valid();
        settings.BaseUrl = address;
        Assert.Equal(allowed, settings.Validate().Count == 0);
    }

    [Theory]
    [InlineData("id", "userType", "display name")]
    [InlineData("id", "userType", "mail&$top=1")]
    [InlineData("id", "userType", "mail", "Mail")]
    [InlineData("id", "mail")]
    [InlineData("usertype", "id")]
    public void A_selection_that_delta_cannot_track_is_refused(params string[] select)
    {
        var settings = Valid();
        settings.Select = select;
        Assert.NotEmpty(settings.Validate());
    }

    [Fact]
    public void Manager_is_refused_with_the_true_reason()
    {
        var settings = Valid();
        settings.Select = ["id", "userType", "manager"];
        Assert.Contains("manager@delta", Assert.Single(settings.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_differs_with_everything_a_cursor_depends_on()
    {
        Action<GraphSettings>[] differences =
        [
            _ => { },
            settings => settings.TenantId = "fabrikam.onmicrosoft.com",
            settings => settings.ClientId = "00000000-6f4f-4f57-9d5a-0b6a4a1d2c11",
            settings => settings.Cloud = GraphCloud.China,
            settings => settings.BaseUrl = "https://localhost:5001/v1.0",
            settings => settings.Select = ["id", "userType", "mail"],
            settings => settings.Select = ["id", "mail", "userType"],
        ];
        var fingerprints = differences.Select(change =>
        {
            var settings = Valid();
            change(settings);
            return settings.Fingerprint;
        });
        Assert.Distinct(fingerprints);
    }

    [Fact]
    public void The_fingerprint_does_not_depend_on_credential_or_patience()
    {
        var other = Valid();
        other.ClientSecret = "rotated";
        other.RequestTimeout = TimeSpan.FromSeconds(7);
        other.TenantId = "Contoso.onmicrosoft.com";
        Assert.Equal(Valid().Fingerprint, other.Fingerprint);
        Assert.DoesNotContain("secret", Valid().Fingerprint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GraphCloud.Global, "https://graph.microsoft.com", "https://login.microsoftonline.com/")]
    [InlineData(GraphCloud.UsGovL4, "https://graph.microsoft.us", "https://login.microsoftonline.us/")]
    [InlineData(GraphCloud.UsGovL5, "https://dod-graph.microsoft.us", "https://login.microsoftonline.us/")]
    [InlineData(GraphCloud.China, "https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn/")]
    public void Each_cloud_has_its_own_addresses(GraphCloud cloud, string graph, string authority) => Assert.Equal(
        new GraphEndpoints(graph + "/v1.0", new Uri(authority), graph + "/.default", HasOwnAuthority: false),
        GraphEndpoints.From(new GraphSettings { Cloud = cloud }));

    [Fact]
    public void An_own_base_address_keeps_the_clouds_scope()
    {
        const string own = "https://localhost:5001/";
        var endpoints = GraphEndpoints.From(new GraphSettings { BaseUrl = own + "v1.0/", AuthorityHost = own });
        Assert.Equal(new GraphEndpoints(own + "v1.0", new Uri(own), "https://graph.microsoft.com/.default", HasOwnAuthority: true), endpoints);
    }
}
