using System.Net.Http.Headers;

namespace MimHybrid.Graph.Failures;

/// <summary>The header by which Microsoft's support finds a request.</summary>
internal static class RequestId
{
    public static Guid? Read(HttpResponseHeaders headers) =>
        headers.TryGetValues("request-id", out var values) && Guid.TryParse(values.First(), out var id) ? id : null;
}
