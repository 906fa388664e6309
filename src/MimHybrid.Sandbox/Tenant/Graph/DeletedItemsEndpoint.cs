using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Answers <c>/v1.0/directory/deletedItems</c>: list, restore, delete for good.</summary>
internal sealed class DeletedItemsEndpoint(TenantDirectory directory, UserPages pages, TenantAddress address)
{
    public Task ListAsync(HttpContext context) => pages.WriteAsync(context, UserPresence.SoftDeleted);

    public Task RestoreAsync(HttpContext context)
    {
        var id = IdOf(context);
        if (!directory.Restore(id) || directory.Find(id) is not { } user)
            return SandboxGraphError.NotFound(id).WriteAsync(context);

        return GraphJson.WriteAsync(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", $"{address.GraphBaseUrl}/$metadata#directoryObjects/$entity");
            json.WriteString("@odata.type", "#microsoft.graph.user");
            GraphJson.WriteUser(json, user, UserProperties.DefaultSelection, withUnset: true);
            json.WriteEndObject();
        });
    }

    public Task PurgeAsync(HttpContext context)
    {
        if (!directory.Purge(IdOf(context)))
            return SandboxGraphError.NotFound(IdOf(context)).WriteAsync(context);

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
