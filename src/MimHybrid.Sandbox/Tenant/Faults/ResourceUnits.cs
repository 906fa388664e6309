using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>What a request costs: Graph counts resource units, not requests (MimHybrid.Graph/README.md#throttling).</summary>
internal static class ResourceUnits
{
    private const int Base = 1;
    private const int UserList = 2;
    private const int SmallPage = 20;

    public static int Of(HttpRequest request)
    {
        var units = HttpMethods.IsGet(request.Method) && request.Path.Equals("/v1.0/users", StringComparison.OrdinalIgnoreCase)
            ? UserList
            : Base;
        if (request.Query.ContainsKey("$select")) units--;
        if (request.Query.ContainsKey("$expand")) units++;
        if (int.TryParse(request.Query["$top"], out var top) && top < SmallPage) units--;
        return Math.Max(Base, units);
    }
}
