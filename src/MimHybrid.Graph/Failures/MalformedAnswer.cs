namespace MimHybrid.Graph.Failures;

/// <summary>An answer that is not what Graph gives, or not whole: something between may have given it.</summary>
internal static class MalformedAnswer
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
            RequestId = RequestId.Read(response.Headers),
        };
    }
}
