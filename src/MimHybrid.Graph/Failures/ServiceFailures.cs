namespace MimHybrid.Graph.Failures;

/// <summary>What Graph's error answers mean to an administrator. Codes are read, messages are not (reference/graph-delta.md 1.4).</summary>
internal static class ServiceFailures
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="codes">The error codes of the answer, outermost first.</param>
    /// <param name="carriedToken">The request carried a delta or page token, so a 400 is about the token rather than about the settings.</param>
    /// <param name="again">A 401 came again although the agent had signed in afresh.</param>
    public static PollFailure From(int status, IReadOnlyList<string> codes, bool carriedToken, bool again)
    {
        var answer = codes is [var code, ..] ? $"{status} {code}" : $"{status}";
        return status switch
        {
            401 => new(PollFailureClass.SignIn, again, $"Graph did not accept the access token ({answer}). "
                + (again ? "Check that Graph:Cloud and Graph:TenantId name the cloud and tenant of the app registration." : "The agent signs in afresh.")),
            403 => Forbidden(codes, answer),
            407 => new(PollFailureClass.Unreachable, false, $"The proxy asks for a sign-in ({answer}). Check that it lets this server's account through."),
            408 => new(PollFailureClass.Unreachable, false, $"Graph gave up waiting for the request ({answer})."),
            429 => new(PollFailureClass.Throttled, false, $"Graph asks for fewer requests ({answer}). The agent waits as long as Graph says."),
            >= 500 => new(PollFailureClass.ServerError, false, $"Graph has trouble of its own ({answer}). The agent tries again."),
            >= 300 and < 400 => new(PollFailureClass.Unreachable, false, $"Something between this server and Graph redirects the request ({answer}). Check proxies and sign-in portals."),
            >= 200 and < 300 => new(PollFailureClass.Malformed, false, $"Graph's answer is empty ({answer})."),
            410 => new(PollFailureClass.ServerError, false, $"Graph is moving this tenant's data ({answer}). The agent tries again."),
            400 when carriedToken => new(PollFailureClass.ServerError, false, $"Graph does not take the place at which the agent wants to go on ({answer}). After a third time the agent reads the tenant anew."),
            _ when carriedToken => new(PollFailureClass.ServerError, false, $"Graph refuses the request ({answer}). The agent tries again."),
            _ => Refused(codes, answer),
        };
    }

    private static PollFailure Forbidden(IReadOnlyList<string> codes, string answer) => new(PollFailureClass.Permission, true,
        codes.Contains("Authorization_RequestDenied", StringComparer.OrdinalIgnoreCase)
            ? $"The application may not read users ({answer}). Grant it the application permission User.Read.All and give admin consent."
            : codes.Count > 0
                ? $"Graph refuses the application ({answer}). Check its application permission User.Read.All, admin consent and Conditional Access for workload identities."
                : $"The request was refused without a word from Graph ({answer}): a proxy may be in the way.");

    private static PollFailure Refused(IReadOnlyList<string> codes, string answer) => new(PollFailureClass.Configuration, true,
        codes.Contains("Request_UnsupportedQuery", StringComparer.OrdinalIgnoreCase)
            ? $"This tenant or this selection has no change tracking ({answer}). External ID and B2C tenants never have it; else check Graph:Select."
            : $"Graph does not understand the request ({answer}). Check Graph:Select: each name must be a user property that delta queries track; and check Graph:BaseUrl if it is set.");
}
