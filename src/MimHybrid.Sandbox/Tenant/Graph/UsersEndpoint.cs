using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Answers <c>/v1.0/users</c>, its <c>$count</c> and <c>/v1.0/users/{id}</c>.</summary>
internal sealed class UsersEndpoint(TenantDirectory directory, UserList users, UserPages pages, TenantAddress address)
{
    public Task ListAsync(HttpContext context) => pages.WriteAsync(context, UserPresence.Live);

    public Task CountAsync(HttpContext context)
    {
        // Counting is one of the advanced queries, which Entra answers only to clients that accept an eventual count.
        if (!string.Equals(context.Request.Headers["ConsistencyLevel"], "eventual", StringComparison.OrdinalIgnoreCase))
            return SandboxGraphError.BadRequest("$count is not supported without the header 'ConsistencyLevel: eventual'.")
                .WriteAsync(context);

        UserFilter? filter = null;
        if (context.Request.Query["$filter"].ToString() is { Length: > 0 } text && !UserFilter.TryParse(text, out filter))
            return SandboxGraphError.UnsupportedQuery("Unsupported or invalid query filter clause.").WriteAsync(context);

        var count = users.CountLive(filter);
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture), context.RequestAborted);
    }

    public Task GetAsync(HttpContext context)
    {
        if (!Selection.TryParse(context.Request.Query["$select"], out var select, out var error))
            return error.WriteAsync(context);

        if (users.FindLive(IdOf(context)) is not { } user)
            return SandboxGraphError.NotFound(IdOf(context)).WriteAsync(context);

        return GraphJson.WriteAsync(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", ODataContext.User(address, select));
            GraphJson.WriteUser(json, user, select is [] ? UserProperties.DefaultSelection : select, withUnset: true);
            json.WriteEndObject();
        });
    }

    public async Task PatchAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        if (!UserPatch.TryRead(body, out var values, out var error))
            await error.WriteAsync(context);
        else if (users.FindLive(IdOf(context)) is null || directory.Update(IdOf(context), values) is null)
            await SandboxGraphError.NotFound(IdOf(context)).WriteAsync(context);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public Task DeleteAsync(HttpContext context)
    {
        if (users.FindLive(IdOf(context)) is null || !directory.Delete(IdOf(context)))
            return SandboxGraphError.NotFound(IdOf(context)).WriteAsync(context);

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
