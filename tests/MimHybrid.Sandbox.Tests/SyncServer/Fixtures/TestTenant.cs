using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tests.SyncServer.Fixtures;

/// <summary>A tenant just big enough for a Graph agent to read: users, a change log, pages, and faults on demand.</summary>
internal sealed class TestTenant(Uri server)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (JsonObject? User, int Changed)> users = [];
    private int now;

    public string Id { get; } = Guid.NewGuid().ToString("D");

    public Uri Root => new(server, Id + "/");

    public string Secret { get; set; } = "a secret";

    public int PageSize { get; set; } = 200;

    /// <summary>Answers a request instead of the tenant; null lets the tenant answer.</summary>
    public Func<HttpContext, Task<IResult?>> Fault { get; set; } = static _ => Task.FromResult<IResult?>(null);

    public List<string> UserAgents { get; } = [];

    public string Invite(string name, string userType = "Guest")
    {
        var id = Guid.NewGuid().ToString("D");
        Put(id, new JsonObject
        {
            ["id"] = id,
            ["displayName"] = name,
            ["mail"] = $"{name.Replace(' ', '.').ToLowerInvariant()}@partner.example",
            ["userPrincipalName"] = $"{id}#EXT#@tenant.example",
            ["userType"] = userType,
        });
        return id;
    }

    public void Set(string id, string property, string? value)
    {
        lock (gate)
        {
            var changed = users[id].User!.DeepClone().AsObject();
            changed[property] = value;
            Put(id, changed);
        }
    }

    /// <summary>Deletes a user, and returns what Restore needs.</summary>
    public JsonObject Delete(string id)
    {
        lock (gate)
        {
            var user = users[id].User!;
            users[id] = (null, ++now);
            return user;
        }
    }

    public void Restore(string id, JsonObject user) => Put(id, user.DeepClone().AsObject());

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        lock (gate)
            UserAgents.Add(context.Request.Headers.UserAgent.ToString());
        if (await Fault(context) is { } fault)
            return fault;
        if (HttpMethods.IsPost(context.Request.Method))
            return await SignInAsync(context.Request);
        return context.Request.Headers.Authorization == "Bearer a token" ? Page(context.Request.Query) : Results.StatusCode(401);
    }

    private void Put(string id, JsonObject user)
    {
        lock (gate)
            users[id] = (user, ++now);
    }

    private async Task<IResult> SignInAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        return form["client_secret"] == Secret && form["grant_type"] == "client_credentials"
            ? Results.Json(new { access_token = "a token", expires_in = 3600 })
            : Results.Json(new { error = "invalid_client" }, statusCode: 401);
    }

    /// <summary>Tokens are "since.until.skip", with characters in them that must come back unchanged.</summary>
    private IResult Page(IQueryCollection query)
    {
        lock (gate)
        {
            var token = (query["$skiptoken"].FirstOrDefault() ?? query["$deltatoken"].FirstOrDefault() ?? "-1.-1.0").Split('.', '+')[..3];
            var numbers = Array.ConvertAll(token, part => int.Parse(part, CultureInfo.InvariantCulture));
            var (since, until, skip) = (numbers[0], numbers[1] < 0 ? now : numbers[1], numbers[2]);
            var due = users.Where(user => user.Value.Changed > since && user.Value.Changed <= until && (since >= 0 || user.Value.User is not null))
                .OrderBy(user => user.Value.Changed).Skip(skip).ToArray();
            var isLast = due.Length <= PageSize;
            var link = isLast ? $"$deltatoken={until}.-1.0%2B~x-_" : $"$skiptoken={since}.{until}.{skip + PageSize}%2B~x-_";
            return Results.Json(new JsonObject
            {
                ["value"] = new JsonArray([.. due.Take(PageSize).Select(user => Entry(user.Key, user.Value.User))]),
                [isLast ? "@odata.deltaLink" : "@odata.nextLink"] = $"{Root}v1.0/users/delta?{link}",
            });
        }
    }

    private static JsonObject Entry(string id, JsonObject? user) => user?.DeepClone().AsObject()
        ?? new JsonObject { ["id"] = id, ["@removed"] = new JsonObject { ["reason"] = "changed" } };
}
