using Microsoft.Extensions.Logging;
using MimHybrid.Alerts.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Sending;

/// <summary>What the event log says of alerts: an id for the beginning of each kind of matter, and the next one for its end.</summary>
internal static partial class AlertEvents
{
    private const string OfCredential = "tenant/credential";

    public static void Tell(ILogger logger, AlertNotice notice)
    {
        var heading = AlertWords.Heading(notice);
        var (begun, over) = Of(notice.Matter == OfCredential ? "credential" : notice.Matter.Split('/')[0]);
        if (notice.Kind == AlertNoticeKind.End) over(logger, heading);
        else begun(logger, notice.IsError ? LogLevel.Error : LogLevel.Warning, heading, notice.Do);
    }

    private static (Action<ILogger, LogLevel, string, string> Begun, Action<ILogger, string> Over) Of(string kind) => kind switch
    {
        "agent" => (Agent, AgentOver),
        "held" => (Held, HeldOver),
        "cycles" => (Cycles, CyclesOver),
        "run" => (Run, RunOver),
        "tenant" => (Tenant, TenantOver),
        "credential" => (Credential, CredentialOver),
        "refused" => (Refused, RefusedOver),
        "finding" => (Finding, FindingOver),
        "disk" => (Disk, DiskOver),
        "delivery" => (Delivery, DeliveryOver),
        "messages" => (Messages, MessagesOver),
        _ => (Others, OthersOver),
    };

    [LoggerMessage(EventId = 6100, Message = "{Title}. Do: {Do}")]
    private static partial void Agent(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6101, LogLevel.Information, "{Title}")]
    private static partial void AgentOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6102, Message = "{Title}. Do: {Do}")]
    private static partial void Held(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6103, LogLevel.Information, "{Title}")]
    private static partial void HeldOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6104, Message = "{Title}. Do: {Do}")]
    private static partial void Cycles(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6105, LogLevel.Information, "{Title}")]
    private static partial void CyclesOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6106, Message = "{Title}. Do: {Do}")]
    private static partial void Run(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6107, LogLevel.Information, "{Title}")]
    private static partial void RunOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6108, Message = "{Title}. Do: {Do}")]
    private static partial void Tenant(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6109, LogLevel.Information, "{Title}")]
    private static partial void TenantOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6110, Message = "{Title}. Do: {Do}")]
    private static partial void Credential(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6111, LogLevel.Information, "{Title}")]
    private static partial void CredentialOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6112, Message = "{Title}. Do: {Do}")]
    private static partial void Refused(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6113, LogLevel.Information, "{Title}")]
    private static partial void RefusedOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6114, Message = "{Title}. Do: {Do}")]
    private static partial void Finding(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6115, LogLevel.Information, "{Title}")]
    private static partial void FindingOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6116, Message = "{Title}. Do: {Do}")]
    private static partial void Disk(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6117, LogLevel.Information, "{Title}")]
    private static partial void DiskOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6118, Message = "{Title}. Do: {Do}")]
    private static partial void Delivery(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6119, LogLevel.Information, "{Title}")]
    private static partial void DeliveryOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6120, Message = "{Title}. Do: {Do}")]
    private static partial void Messages(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6121, LogLevel.Information, "{Title}")]
    private static partial void MessagesOver(ILogger logger, string title);

    [LoggerMessage(EventId = 6122, Message = "{Title}. Do: {Do}")]
    private static partial void Others(ILogger logger, LogLevel level, string title, string @do);

    [LoggerMessage(6123, LogLevel.Information, "{Title}")]
    private static partial void OthersOver(ILogger logger, string title);
}
