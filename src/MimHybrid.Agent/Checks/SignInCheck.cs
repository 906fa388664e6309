using System.Globalization;
using MimHybrid.Graph;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether Entra gives the application a token, and how long the credential is good for.</summary>
internal sealed class SignInCheck() : Check(CheckName)
{
    public const string CheckName = "sign-in";

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName];

    public override async Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var reply = await context.Graph!.SignInAsync(cancellationToken);
        return
        [
            reply switch
            {
                GraphReply<DateTimeOffset>.Answer token => Judge(context.Graph.Credential, token.Value, context.Time.GetUtcNow()),
                GraphReply<DateTimeOffset>.Refusal { Error.Failure: var failure } => Advice.Of(failure, Failed),
                _ => throw new InvalidOperationException($"A reply of an unknown kind: {reply.GetType().Name}"),
            },
        ];
    }

    private Finding Judge(CredentialNote credential, DateTimeOffset tokenEnds, DateTimeOffset now) => credential.Warning(now) is { } warning
        ? Warning($"signed in with the {credential.Name}", warning)
        : Ok($"signed in with the {credential.Name}{Until(credential)}; the token is good until "
            + $"{tokenEnds.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC");

    private static string Until(CredentialNote credential) => credential switch
    {
        { ExpiresAt: { } end } => string.Create(CultureInfo.InvariantCulture, $", which expires on {end.UtcDateTime:yyyy-MM-dd}"),
        { Kind: "ClientSecret" } => "; when it expires is not known (Graph:ClientSecretExpires)",
        _ => "",
    };
}
