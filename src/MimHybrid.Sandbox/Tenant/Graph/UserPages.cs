using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Answers lists of users with <c>$filter</c>, <c>$select</c>, <c>$top</c> and <c>$skiptoken</c>, page by page.</summary>
internal sealed class UserPages(UserList users, TokenSeal seal, SandboxTenantOptions options, TenantAddress address, TimeProvider time)
{
    private const char Purpose = 'l';
    private const int DefaultTop = 100;
    private const int MostTop = 999;

    private static readonly string[] unsupported = ["$expand", "$orderby", "$search", "$count"];

    public Task WriteAsync(HttpContext context, UserPresence presence)
    {
        if (!TryRead(context.Request.Query, out var token, out var error))
            return error.WriteAsync(context);

        UserFilter? filter = null;
        if (token.Filter is not "" && !UserFilter.TryParse(token.Filter, out filter))
            return SandboxGraphError.UnsupportedQuery("Unsupported or invalid query filter clause.").WriteAsync(context);

        var page = users.Page(presence, filter, new LogPosition(token.Usn, token.Ordinal), Math.Min(token.Top, options.LargestListPage));
        return GraphJson.WriteAsync(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", ODataContext.Users(address, token.Select));
            if (page.Next is { } next)
                json.WriteString("@odata.nextLink", NextLink(context.Request, token, next));

            json.WriteStartArray("value");
            foreach (var user in page.Users)
            {
                json.WriteStartObject();
                GraphJson.WriteUser(json, user, token.Select is [] ? UserProperties.DefaultSelection : token.Select, withUnset: true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private bool TryRead(
        IQueryCollection query, [NotNullWhen(true)] out ListToken? token, [NotNullWhen(false)] out SandboxGraphError? error)
    {
        token = null;
        if (unsupported.FirstOrDefault(query.ContainsKey) is { } option)
        {
            error = SandboxGraphError.UnsupportedQuery($"The query option '{option}' is not supported here.");
            return false;
        }

        return query["$skiptoken"].ToString() is { Length: > 0 } skip
            ? TryOpen(skip, out token, out error)
            : TryBegin(query, out token, out error);
    }

    private bool TryOpen(string skip, [NotNullWhen(true)] out ListToken? token, [NotNullWhen(false)] out SandboxGraphError? error)
    {
        error = !seal.TryOpen(Purpose, skip, TokenJson.Default.ListToken, out token) ? SandboxGraphError.MalformedToken
            : time.GetUtcNow() - token.IssuedAt > options.SkipTokenLifetime ? SandboxGraphError.ExpiredPageToken
            : null;
        return error is null && token is not null;
    }

    private static bool TryBegin(
        IQueryCollection query,
        [NotNullWhen(true)] out ListToken? token,
        [NotNullWhen(false)] out SandboxGraphError? error)
    {
        token = null;
        if (!Selection.TryParse(query["$select"], out var select, out error))
            return false;

        if (!TryReadTop(query["$top"], out var top))
        {
            error = SandboxGraphError.UnsupportedQuery(
                $"Invalid page size specified: '{query["$top"]}'. Must be between 1 and {MostTop} inclusive.");
            return false;
        }

        token = new ListToken { Filter = query["$filter"].ToString(), Select = select, Top = top };
        return true;
    }

    private static bool TryReadTop(StringValues value, out int top)
    {
        top = DefaultTop;
        return value.Count == 0
            || (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out top) && top is >= 1 and <= MostTop);
    }

    private string NextLink(HttpRequest request, ListToken token, LogPosition next)
    {
        var later = token with { Usn = next.Usn, Ordinal = next.Ordinal, IssuedAt = time.GetUtcNow() };
        var skip = seal.Seal(Purpose, later, TokenJson.Default.ListToken);
        return $"{address.LinkTo(request)}?$skiptoken={Uri.EscapeDataString(skip)}";
    }
}
