using System.Net;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Planning;
using MimHybrid.Alerts.Settings;
using MimHybrid.Cycles.Planning;

namespace MimHybrid.Alerts.Sending;

/// <summary>What alerts are told of, and how.</summary>
/// <param name="Settings">The section of the settings.</param>
/// <param name="Maintenance">The agent's maintenance windows.</param>
/// <param name="Rules">How long what may pass may take.</param>
/// <param name="Server">The server's name, as messages have it.</param>
public sealed record AlertSetup(AlertSettings Settings, MaintenanceCalendar Maintenance, AlertRules Rules, string Server)
{
    /// <summary>Sends mails over Microsoft Graph; null where nothing goes over it, or no tenant can be asked.</summary>
    public MailByGraph? Graph { get; init; }

    /// <summary>Through which addresses are reached; null: this account's own, if it has one.</summary>
    public IWebProxy? Proxy { get; init; }
}
