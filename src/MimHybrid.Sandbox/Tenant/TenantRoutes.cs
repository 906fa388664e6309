using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Everything that the tenant answers, on one page.</summary>
internal sealed record TenantRoutes
{
    public required TokenEndpoint Token { get; init; }

    public required DeltaEndpoint Delta { get; init; }

    public required UsersEndpoint Users { get; init; }

    public required InvitationsEndpoint Invitations { get; init; }

    public required DeletedItemsEndpoint DeletedItems { get; init; }

    public required SendMailEndpoint SendMail { get; init; }

    public void Map(IEndpointRouteBuilder server)
    {
        server.MapPost("/{tenant}/oauth2/v2.0/token", Token.HandleAsync);

        var graph = server.MapGroup("/v1.0");
        foreach (var spelling in new[] { "delta", "delta()", "microsoft.graph.delta()" })
            graph.MapGet($"/users/{spelling}", Delta.HandleAsync);

        graph.MapGet("/users", Users.ListAsync);
        graph.MapGet("/users/$count", Users.CountAsync);
        graph.MapGet("/users/{id}", Users.GetAsync);
        graph.MapPatch("/users/{id}", Users.PatchAsync);
        graph.MapDelete("/users/{id}", Users.DeleteAsync);
        graph.MapPost("/users/{id}/sendMail", SendMail.HandleAsync);
        graph.MapPost("/invitations", Invitations.HandleAsync);
        graph.MapGet("/directory/deletedItems/microsoft.graph.user", DeletedItems.ListAsync);
        graph.MapPost("/directory/deletedItems/{id}/restore", DeletedItems.RestoreAsync);
        graph.MapDelete("/directory/deletedItems/{id}", DeletedItems.PurgeAsync);
        server.MapFallback(NothingHereAsync);
    }

    private static Task NothingHereAsync(HttpContext context)
    {
        var segment = context.Request.Path.Value?.Split('/')[^1];
        return new SandboxGraphError(400, "BadRequest", $"Resource not found for the segment '{segment}'.").WriteAsync(context);
    }
}
