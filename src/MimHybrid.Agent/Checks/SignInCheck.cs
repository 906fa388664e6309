using System.Globalization;
using MimHybrid.Graph;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether Entra gives the application a token, and how long the credential is good for.</summary>
internal sealed class SignInCheck() : Check(CheckName)
{
    public const string CheckName = "sign-in";

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName];

    public override async IAsyncEnumerable<Finding> LookAsync(Examined examined, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        switch (await examined.Graph!.SignInAsync(cancellationToken))
        {
            case GraphReply<DateTimeOffset>.Refusal { Error.Failure: var failure }:
                yield return Advice.Of(failure, Failed);
                break;
            case GraphReply<DateTimeOffset>.Answer token:
                var credential = examined.Graph.Credential;
                yield return credential.Warning(examined.Time.GetUtcNow()) is { } warning
                    ? Warning($"signed in with the {credential.Name}", warning)
                    : Ok($"signed in with the {credential.Name}{Until(credential)}; the token is good until {token.Value.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC");
                break;
        }
    }

    private static string Until(CredentialNote credential) => credential switch
    {
        { ExpiresAt: { } end } => string.Create(CultureInfo.InvariantCulture, $", which expires on {end.UtcDateTime:yyyy-MM-dd}"),
        { Kind: "ClientSecret" } => ", whose end is not known (Graph:ClientSecretExpires)",
        _ => "",
    };
}
