using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>A tenant as far as New-MimHybridApp.ps1 asks it: sign-in by device code, applications, service principals, grants. What is made is not found everywhere at once.</summary>
internal sealed partial class EntraTenant
{
    public const string Administrator = "00000000-0000-0000-0000-00000000cccc";

    /// <summary>With who signed in, as JSON in base64.</summary>
    public const string Token = "eyJ-a-token-that-must-not-be-seen.eyJvaWQiOiIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMGNjY2MifQ.signature";
    public const string GraphPrincipal = "00000000-0000-0000-0000-00000000aaaa";
    public const string Role = "df021288-bdef-4463-88db-98f22de89214";
    public const string MailRole = "b633e1c5-b582-4048-a93e-9f11b44c7e96";
    public const string ArcPrincipal = "00000000-0000-0000-0000-00000000bbbb";

    private int pollsUntilSignedIn = 2;
    private int notFoundYet;

    public string Graph { get; set; } = "https://graph.microsoft.com";

    public string Authority { get; set; } = "https://login.microsoftonline.com";

    public List<JsonObject> Applications { get; } = [];

    public List<JsonObject> Principals { get; } =
    [
        new() { ["id"] = GraphPrincipal, ["appId"] = "00000003-0000-0000-c000-000000000000", ["displayName"] = "Microsoft Graph", ["servicePrincipalType"] = "Application" },
        new() { ["id"] = ArcPrincipal, ["appId"] = Guid.Empty.ToString(), ["displayName"] = "MIM01", ["servicePrincipalType"] = "ManagedIdentity" },
    ];

    /// <summary>principal → role.</summary>
    public List<(string Principal, string Resource, string Role)> Grants { get; } = [];

    public List<string> Requests { get; } = [];

    /// <summary>What the last sign-in was asked to consent to.</summary>
    public IReadOnlyList<string> Scopes { get; private set; } = [];

    public bool MayGrant { get; set; } = true;

    /// <summary>The answer to every sign-in, where a tenant forbids it.</summary>
    public string? SignInRefused { get; set; }

    /// <summary>How many questions for the token find no network.</summary>
    public int NetworkFailures { get; set; }

    /// <summary>Fails the calls whose line begins so.</summary>
    public string? Broken { get; set; }

    public TimeSpan Waited { get; private set; }

    public void Pass(TimeSpan time) => Waited += time;

    public JsonNode? Answer(string method, Uri address, IReadOnlyDictionary<string, string> form, JsonNode? body, string? authorization)
    {
        var line = $"{method} {HttpUtility.UrlDecode(address.PathAndQuery)}";
        Requests.Add(line);
        if (address.GetLeftPart(UriPartial.Authority) == Authority) return SignIn(address, form);
        if (address.GetLeftPart(UriPartial.Authority) != Graph) throw new WebFailureException(HttpStatusCode.BadGateway, "an unknown host");
        if (authorization != "Bearer " + Token) throw new WebFailureException(HttpStatusCode.Unauthorized, "no token of this tenant");
        if (Broken is not null && line.StartsWith(Broken, StringComparison.Ordinal)) throw new WebFailureException(HttpStatusCode.InternalServerError, "the test broke this");
        return Ask(method, HttpUtility.UrlDecode(address.PathAndQuery)["/v1.0/".Length..], body?.AsObject());
    }

    private JsonObject SignIn(Uri address, IReadOnlyDictionary<string, string> form)
    {
        if (address.AbsolutePath.EndsWith("/devicecode", StringComparison.Ordinal))
        {
            Scopes = [.. form["scope"].Split(' ').Select(scope => scope.StartsWith(Graph + "/", StringComparison.Ordinal) ? scope[(Graph.Length + 1)..] : throw new WebFailureException(HttpStatusCode.BadRequest, "invalid_scope"))];
            return new JsonObject { ["device_code"] = "device-code", ["interval"] = 5, ["expires_in"] = 900, ["message"] = "Open the page and type ABC-DEF." };
        }

        if (NetworkFailures-- > 0) throw new HttpRequestException("The remote name could not be resolved.");
        if (SignInRefused is not null) throw new WebFailureException(HttpStatusCode.BadRequest, SignInRefused);
        if (form["device_code"] != "device-code" || pollsUntilSignedIn-- > 0) throw new WebFailureException(HttpStatusCode.BadRequest, """{"error":"authorization_pending"}""");
        return new JsonObject { ["access_token"] = Token };
    }

    private JsonNode? Ask(string method, string path, JsonObject? body) => (method, path) switch
    {
        ("Get", _) when Filter().Match(path) is { Success: true } filter => Found(filter),
        ("Post", "applications") => NewApplication(body!),
        ("Post", "servicePrincipals") => NewPrincipal(body!),
        ("Get", _) when path.Contains("/owners?", StringComparison.Ordinal) && Single(path) is { } application => new JsonObject { ["value"] = application["owners"]?.DeepClone() ?? new JsonArray() },
        ("Get", _) when Single(path) is { } application => application.DeepClone(),
        ("Patch", _) when Single(path) is { } application => Patch(application, body!),
        ("Get", _) when path.EndsWith("/appRoleAssignments", StringComparison.Ordinal) => Granted(path.Split('/')[1]),
        ("Post", _) when path.EndsWith("/appRoleAssignments", StringComparison.Ordinal) => Grant(path.Split('/')[1], body!),
        _ => throw new WebFailureException(HttpStatusCode.NotFound, $"Resource not found: {path}"),
    };

    private JsonObject Found(Match filter)
    {
        var set = filter.Groups["set"].Value == "applications" ? Applications : Principals;
        var found = set.Where(one => (string?)one[filter.Groups["property"].Value] == filter.Groups["value"].Value).Select(one => one.DeepClone()).ToArray();
        foreach (var graph in found.OfType<JsonObject>().Where(one => (string?)one["id"] == GraphPrincipal))
            graph["appRoles"] = new JsonArray(AppRole(Role, "User.Read.All", "Application"), AppRole(MailRole, "Mail.Send", "Application"), AppRole(Guid.NewGuid().ToString(), "Mail.Send", "User"), AppRole(Guid.NewGuid().ToString(), "User.ReadWrite.All", "Application"));
        return new JsonObject { ["value"] = new JsonArray(found) };
    }

    private static JsonObject AppRole(string id, string value, string member) =>
        new() { ["id"] = id, ["value"] = value, ["allowedMemberTypes"] = new JsonArray(member) };

    private static JsonNode New(List<JsonObject> set, JsonObject body, (string Name, string Value) more)
    {
        var made = body.DeepClone().AsObject();
        made["id"] = Guid.NewGuid().ToString();
        made[more.Name] = more.Value;
        foreach (var list in new[] { "keyCredentials", "passwordCredentials" })
            if (!made.ContainsKey(list)) made[list] = new JsonArray();
        set.Add(made);
        return made.DeepClone();
    }

    /// <summary>Whoever registers an application owns it.</summary>
    private JsonNode NewApplication(JsonObject body)
    {
        var made = New(Applications, body, ("appId", Guid.NewGuid().ToString()));
        Applications[^1]["owners"] = new JsonArray(new JsonObject { ["id"] = Administrator, ["displayName"] = "Ada" });
        return made;
    }

    private JsonNode NewPrincipal(JsonObject body)
    {
        notFoundYet = 1; // a principal is not known to every server at once
        return New(Principals, body, ("servicePrincipalType", "Application"));
    }

    private JsonObject? Single(string path) => path.StartsWith("applications/", StringComparison.Ordinal)
        ? Applications.FirstOrDefault(one => (string?)one["id"] == path.Split('/', '?')[1])
        : null;

    private static JsonNode? Patch(JsonObject application, JsonObject body)
    {
        foreach (var key in body["keyCredentials"]?.AsArray() ?? [])
        {
            // As Entra reads them; what is not a time in this form is refused.
            foreach (var time in new[] { "startDateTime", "endDateTime" })
                if (!Time().IsMatch((string)key![time]!)) throw new WebFailureException(HttpStatusCode.BadRequest, $"Cannot convert a primitive value to the expected type 'Edm.DateTimeOffset': {key[time]}");
        }

        foreach (var (name, value) in body) application[name] = value?.DeepClone();
        return null;
    }

    private JsonObject Granted(string principal)
    {
        if (notFoundYet-- > 0) throw new WebFailureException(HttpStatusCode.NotFound, "Resource not found yet.");
        return new JsonObject { ["value"] = new JsonArray([.. Grants.Where(grant => grant.Principal == principal).Select(grant => new JsonObject { ["appRoleId"] = grant.Role })]) };
    }

    private JsonObject Grant(string principal, JsonObject body)
    {
        if (!MayGrant) throw new WebFailureException(HttpStatusCode.Forbidden, "Authorization_RequestDenied");
        Grants.Add((principal, (string)body["resourceId"]!, (string)body["appRoleId"]!));
        return new JsonObject { ["id"] = "grant" + Grants.Count.ToString(CultureInfo.InvariantCulture) };
    }

    [GeneratedRegex(@"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"^(?<set>applications|servicePrincipals)\?\$filter=(?<property>\w+) eq '(?<value>[^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex Filter();
}
