using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>The agent does not get at the tenant, and time alone does not mend it (MimHybrid.Graph/README.md#sign-in-codes).</summary>
/// <remarks>
/// An Entra that returns 429 or 5xx is not among them: MSAL remembers that for the whole process and by the machine's clock
/// (README.md#throttled-sign-ins), so it could be seen here but not be tested in a fraction of its time. See the rehearsal graph-outage.
/// </remarks>
internal static class AccessTroubles
{
    public static IEnumerable<Rehearsal> All { get; } =
    [
        new("no-consent", "Somebody takes the application's permission away: the agent "
            + "says which one it needs, and goes on once it is granted.", NoConsentAsync)
        {
            Settings = Pace.RetriedSoon,
        },
        new("wrong-secret", "The client secret is not the right one: the agent says so "
            + "with Entra's code, and goes on after it is corrected.", WrongSecretAsync)
        {
            Settings = Pace.RetriedSoon,
        },
        new("proxy-page", "A proxy answers with a page for people instead of Graph: the agent believes none of it and goes on "
            + "once Graph answers again.",
            ProxyPageAsync),
    ];

    private static async Task NoConsentAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say("somebody removes the permission User.Read.All from the application, and the agent's access token ends");
        await WhileAppIsAsync(stage, app => app with { Roles = [] }, cancellationToken);
        stage.Say("an administrator grants it again, with admin consent");
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }

    private static async Task WrongSecretAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say("somebody deletes the client secret in the app registration, and the agent's access token ends");
        await WhileAppIsAsync(stage, app => app with { ClientSecret = "another one" }, cancellationToken);
        stage.Say("the old secret is good again (on a real tenant: make a new one, set Graph:ClientSecret and restart the agent)");
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }

    private static async Task ProxyPageAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say("a proxy answers the agent's requests with its own sign-in page");
        stage.Tenant.Faults.Next(Fault.Html(200), int.MaxValue, request => !request.IsFromManagementAgent);
        var guest = stage.Guests.InviteOne();
        await stage.UntilSeenAsync(cancellationToken);
        await stage.PassAsync(8, cancellationToken);

        stage.Say("the proxy lets this server through");
        stage.Tenant.Faults.Clear();
        await stage.CarriedAsync(guest, cancellationToken);
    }

    /// <summary>An access token keeps what it grants until its end, so that comes first.</summary>
    private static async Task WhileAppIsAsync(RehearsalStage stage, Func<TenantApp, TenantApp> change, CancellationToken cancellationToken)
    {
        var app = stage.Tenant.Apps.Find(stage.Tenant.ClientId)!;
        stage.Tenant.Apps.Register(change(app));
        stage.Tenant.Faults.Next(
            Fault.Error(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."),
            when: request => request is { IsDelta: true, IsFromManagementAgent: false });
        await stage.NextPollAsync(cancellationToken);
        await stage.PassAsync(15, cancellationToken);
        stage.Tenant.Apps.Register(app);
    }
}
