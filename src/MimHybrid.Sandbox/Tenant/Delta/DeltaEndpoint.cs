using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Serves <c>GET /v1.0/users/delta</c> in its three spellings (MimHybrid.Graph/README.md#the-shape-of-a-round).</summary>
internal sealed class DeltaEndpoint(
    TenantDirectory directory,
    DeltaTokens tokens,
    SandboxTenantOptions options,
    TenantAddress address,
    TimeProvider time)
{
    private readonly DeltaQuery query = new(tokens);
    private readonly DeltaFeed feed = new(options.Pages);

    public Task HandleAsync(HttpContext context)
    {
        if (!query.TryRead(context.Request, out var token, out var error))
            return error.WriteAsync(context);

        var minimal = PrefersMinimal(context.Request);
        if (minimal)
            context.Response.Headers["Preference-Applied"] = "return=minimal";

        var (page, round) = Read(
            token, DeltaQuery.AsksForLatest(context.Request), new DeltaReader(minimal, RequestRecorder.Of(context).IsFromManagementAgent));
        return WriteAsync(context, page, round);
    }

    /// <summary>Reads one page, together with the token that says which round it was of.</summary>
    private (SandboxDeltaPage Page, DeltaToken Round) Read(DeltaToken token, bool latest, DeltaReader reader) => directory.Read(log =>
    {
        // The first page of a round fixes how far the round goes, so that its pages fit together.
        var seen = log.HighestUsnAt(time.GetUtcNow() - options.DeltaLag);
        var round = token.Page > 0 ? token : token with { Until = Math.Max(token.Since, seen) };
        return (latest ? new SandboxDeltaPage([], Next: null) : feed.Page(log, round, reader), round);
    });

    private Task WriteAsync(HttpContext context, SandboxDeltaPage page, DeltaToken round) => GraphJson.WriteAsync(context, 200, json =>
    {
        json.WriteStartObject();
        json.WriteString("@odata.context", ODataContext.Users(address, round.Select));
        var (name, link) = page.Next is { } next ? NextLink(context, round, next) : DeltaLink(context, round);
        json.WriteString(name, link);
        json.WriteStartArray("value");
        foreach (var entry in page.Entries)
            WriteEntry(json, entry);

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private (string Name, string Link) NextLink(HttpContext context, DeltaToken round, LogPosition next)
    {
        var token = tokens.SkipToken(round with { Usn = next.Usn, Ordinal = next.Ordinal, Page = round.Page + 1 });
        return ("@odata.nextLink", $"{address.LinkTo(context.Request)}?$skiptoken={Uri.EscapeDataString(token)}");
    }

    private (string Name, string Link) DeltaLink(HttpContext context, DeltaToken round)
    {
        var since = options.Pages.Replayed ? Math.Max(0, round.Until - 1) : round.Until;
        var token = tokens.DeltaToken(new DeltaToken { Select = round.Select, Ids = round.Ids, Since = since });
        return ("@odata.deltaLink", $"{address.LinkTo(context.Request)}?$deltatoken={Uri.EscapeDataString(token)}");
    }

    private static void WriteEntry(Utf8JsonWriter json, SandboxDeltaEntry entry)
    {
        json.WriteStartObject();
        switch (entry)
        {
            case SandboxDeltaEntry.Present present:
                GraphJson.WriteUser(json, present.User, present.Properties, withUnset: false);
                break;
            case SandboxDeltaEntry.Removed removed:
                json.WriteString(UserProperties.Id, removed.Id);
                json.WriteStartObject("@removed");
                json.WriteString("reason", removed.Reason);
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    // Several preferences may share a header or have one each.
    private static bool PrefersMinimal(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(preference => preference.Equals("return=minimal", StringComparison.OrdinalIgnoreCase));
}
