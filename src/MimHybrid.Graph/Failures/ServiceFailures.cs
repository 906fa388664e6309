namespace MimHybrid.Graph.Failures;

/// <summary>What Graph's error answers mean to an administrator. Codes are read, messages are not (README.md#error-codes).</summary>
internal static class ServiceFailures
{
    private const string TriesAgain = "The agent tries again.";

    /// <param name="status">The HTTP status.</param>
    /// <param name="codes">The error codes of the answer, outermost first; none when the answer was not Graph's JSON.</param>
    /// <param name="named">Which of the selected properties the answer names.</param>
    /// <param name="carriedToken">The request carried a delta or page token, so a 400 is about that rather than about the settings.</param>
    /// <param name="again">A 401 came again although the agent had signed in afresh.</param>
    public static PollFailure From(
        int status, IReadOnlyList<string> codes, IReadOnlyList<string> named, bool carriedToken, bool again)
    {
        var answer = codes is [var code, ..] ? $"{status} {code}" : $"{status}";
        return status switch
        {
            >= 200 and < 300 => PollFailure.Passing(
                PollFailureClass.Malformed, $"Graph's answer is empty ({answer}).", meanwhile: TriesAgain),
            >= 300 and < 400 => Unreachable(
                $"Something between this server and Graph redirects the request ({answer}).", "Check proxies and portals."),
            401 when carriedToken => NotFromThere(answer),
            401 => Unauthorized(answer, again),
            403 => Forbidden(codes, answer),
            407 => Unreachable($"The proxy asks for a sign-in ({answer}).", "Check that it lets this server's account through."),
            408 => Unreachable($"Graph gave up waiting for the request ({answer})."),
            410 => Trouble($"Graph is moving this tenant's data ({answer}).", TriesAgain),
            429 => PollFailure.Passing(
                PollFailureClass.Throttled, $"Graph asks for fewer requests ({answer}).", meanwhile: "The agent waits."),
            >= 500 => Trouble($"Graph has trouble of its own ({answer}).", TriesAgain),
            _ when carriedToken => NotFromThere(answer),
            _ when codes.Count == 0 => PollFailure.Passing(
                PollFailureClass.ServerError, $"The request is refused ({answer}).", "If this lasts, check proxies and Graph:BaseUrl."),
            _ => Misunderstood(codes, named, answer),
        };
    }

    private static PollFailure Unreachable(string what, string? whatToDo = null) =>
        PollFailure.Passing(PollFailureClass.Unreachable, what, whatToDo);

    private static PollFailure Trouble(string what, string meanwhile) =>
        PollFailure.Passing(PollFailureClass.ServerError, what, meanwhile: meanwhile);

    /// <summary>In every form: <see cref="Polling.DeadTokenRule"/> counts them.</summary>
    private static PollFailure NotFromThere(string answer) => Trouble(
        $"Graph, or something before it, does not let the agent go on where it stopped ({answer}).",
        "After three such answers the whole tenant is read again.");

    private static PollFailure Unauthorized(string answer, bool again) => again
        ? PollFailure.ForPerson(
            PollFailureClass.SignIn,
            $"Graph does not accept the application's access tokens ({answer}).",
            "Check that Graph:Cloud and Graph:TenantId name the cloud and the tenant of the app registration.")
        : PollFailure.Passing(
            PollFailureClass.SignIn, $"Graph did not accept the access token ({answer}).", meanwhile: "The agent signs in afresh.");

    private static PollFailure Forbidden(IReadOnlyList<string> codes, string answer)
    {
        var (what, whatToDo) = codes switch
        {
            [] => ($"The request was refused without an answer from Graph ({answer}).", "A proxy may be in the way: check it."),
            _ when Has(codes, "Authorization_RequestDenied") => (
                $"The application may not read users ({answer}).",
                "Grant it the application permission User.Read.All and give admin consent."),
            _ => (
                $"Graph refuses the application ({answer}).",
                "Check its permission User.Read.All, admin consent, and Conditional Access."),
        };
        return PollFailure.ForPerson(PollFailureClass.Permission, what, whatToDo);
    }

    private static PollFailure Misunderstood(IReadOnlyList<string> codes, IReadOnlyList<string> named, string answer)
    {
        var (what, whatToDo) = named.Count > 0
            ? ($"Graph objects to {string.Join(", ", named)} in Graph:Select ({answer}).",
                "Take it out: only properties that delta queries track belong there.")
            : Has(codes, "Request_UnsupportedQuery")
            ? ($"This tenant or selection has no change tracking ({answer}).",
                "External ID and B2C tenants never have it; else check Graph:Select.")
            : ($"Graph does not understand the request ({answer}).",
                "Check Graph:Select, whose names must be properties that delta queries track.");
        return PollFailure.ForPerson(PollFailureClass.Configuration, what, whatToDo);
    }

    private static bool Has(IReadOnlyList<string> codes, string code) => codes.Contains(code, StringComparer.OrdinalIgnoreCase);
}
