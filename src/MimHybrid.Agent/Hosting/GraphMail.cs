using MimHybrid.Agent.Settings;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Settings;
using MimHybrid.Graph.Requests;

namespace MimHybrid.Agent.Hosting;

/// <summary>Mails over Microsoft Graph, as the application that the agent signs in as.</summary>
internal sealed class GraphMail : IDisposable
{
    private readonly GraphMailer mailer;

    private GraphMail(GraphMailer mailer)
    {
        this.mailer = mailer;
        Way = new MailByGraph(mailer.SendAsync, mailer.LookAsync);
    }

    public MailByGraph Way { get; }

    /// <summary>Null where no mail goes over Graph, and where there is no tenant: the sandbox's lives in the running agent.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="createHandler">Trust of its own, for the sandbox's tenant.</param>
    public static GraphMail? Of(LoadedSettings settings, TimeProvider time, Func<HttpMessageHandler>? createHandler = null) =>
        settings.Alerts.Mail.Values.All(mail => mail.Over != MailOver.Graph) || (settings.SandboxTenant && createHandler is null)
            ? null
            : new GraphMail(new GraphMailer(settings.Graph, time, createHandler));

    public void Dispose() => mailer.Dispose();
}
