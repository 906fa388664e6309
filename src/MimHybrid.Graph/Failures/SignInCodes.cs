using System.Collections.Frozen;
using System.Globalization;

namespace MimHybrid.Graph.Failures;

/// <summary>
/// AADSTS codes and what to do (README.md#sign-in-codes). Microsoft warns against relying on such a list, so an unknown code has a
/// sentence too.
/// </summary>
internal static class SignInCodes
{
    private sealed record Meaning(string What, string WhatToDo);

    private const string Unknown =
        "Look the code up at https://login.microsoftonline.com/error; check Graph:TenantId, Graph:ClientId and the credential.";

    private static readonly FrozenDictionary<int, Meaning> Known = new Dictionary<int, Meaning>
    {
        [7000222] = new(
            "the client secret has expired.",
            "Make a new one in the app registration, set Graph:ClientSecret and Graph:ClientSecretExpires."),
        [7000215] = new("the client secret is wrong.", "Set Graph:ClientSecret to the secret's value, not to its id."),
        [700027] = new(
            "the app registration does not know the certificate, or it has expired.",
            "Check that the one of Graph:CertificateThumbprint or Graph:CertificateSubject is added to it."),
        [700016] = new("the application is not in this tenant.", "Check Graph:ClientId, Graph:TenantId and Graph:Cloud."),
        [7000112] = new("the application is disabled in this tenant.", "Enable it under Enterprise applications."),
        [90002] = new("the tenant does not exist in this cloud.", "Check Graph:TenantId and Graph:Cloud."),
        [900023] = new("the tenant's name is neither a domain nor an id.", "Check Graph:TenantId."),
        [500011] = new("the tenant does not know this cloud's Graph.", "Check Graph:Cloud."),
        [53003] = new(
            "Conditional Access blocks the application.",
            "Exempt it, or this server's address, from the policy."),
        [700024] = new("the sign-in is outside its time of validity.", "Check this server's clock and its time service."),
    }.ToFrozenDictionary();

    /// <summary>What passes by itself.</summary>
    private static readonly FrozenDictionary<int, string> Passing = new Dictionary<int, string>
    {
        [90033] = "Entra has a passing fault.",
        [90055] = "Entra has too many requests for this tenant.",
    }.ToFrozenDictionary();

    public static PollFailure Explain(int code)
    {
        var failed = string.Create(CultureInfo.InvariantCulture, $"Sign-in failed with AADSTS{code}");
        if (Passing.TryGetValue(code, out var fault))
            return PollFailure.Passing(PollFailureClass.SignIn, $"{failed}: {fault}", meanwhile: "The agent tries again.");
        return Known.TryGetValue(code, out var meaning)
            ? PollFailure.ForPerson(PollFailureClass.SignIn, $"{failed}: {meaning.What}", meaning.WhatToDo)
            : PollFailure.ForPerson(PollFailureClass.SignIn, $"{failed}.", Unknown);
    }
}
