namespace MimHybrid.Graph.Failures;

/// <summary>An answer that cannot be used: what an administrator is told of it, and where Microsoft's support finds it.</summary>
internal static class MalformedAnswers
{
    public static PollFailure From(HttpResponseMessage response, string defect)
    {
        var whatToDo = response.Content.Headers.ContentType?.MediaType switch
        {
            "application/json" => null,
            "text/html" => "It is a web page: a proxy or a portal may be in the way.",
            _ => "It does not call itself JSON: a proxy or a portal may be in the way.",
        };
        return PollFailure.Passing(PollFailureClass.Malformed, $"Graph's answer cannot be used: {defect}.", whatToDo) with
        {
            Meanwhile = whatToDo is null ? "The agent tries again." : null,
            RequestId = RequestIdOf(response),
        };
    }

    /// <summary>Graph's id of the request, whatever the answer.</summary>
    public static Guid? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("request-id", out var values) && Guid.TryParse(values.First(), out var id) ? id : null;
}
