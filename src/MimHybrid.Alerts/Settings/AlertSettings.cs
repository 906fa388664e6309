namespace MimHybrid.Alerts.Settings;

/// <summary>
/// The section <c>Alerts</c>: who is told of what waits for a person. The event log always, and somebody where a channel is set.
/// </summary>
public sealed class AlertSettings
{
    /// <summary>Whether messages name guests, with their mail, and administrators. Without it they have counts and ids.</summary>
    public bool IncludePersonalData { get; set; }

    /// <summary>Messages an hour over one channel; what would be more goes out as one summary.</summary>
    public int MessagesPerHour { get; set; } = 10;

    /// <summary>Whether each Monday at 8, in the server's time zone, a message tells what the last week was like.</summary>
    public bool Digest { get; set; }

    /// <summary>An address that is asked while all is well: who watches it notices an agent that cannot say anything any more.</summary>
    public HeartbeatSettings Heartbeat { get; set; } = new();

    /// <summary>How long after a cycle was due none may have ended well before somebody is told. A cycle that runs is waited for.</summary>
    public TimeSpan LongestWithoutCycle { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long Graph may not have been read to its end, though nothing failed, before somebody is told.</summary>
    public TimeSpan LongestWithoutReading { get; set; } = TimeSpan.FromHours(2);

    /// <summary>By name, mail servers and whom to write to.</summary>
    public Dictionary<string, MailSettings> Mail { get; set; } = [];

    /// <summary>By name, addresses that take a message by HTTPS.</summary>
    public Dictionary<string, WebhookSettings> Webhook { get; set; } = [];

    /// <summary>The channels, as messages and alerts name them.</summary>
    public IEnumerable<string> ChannelNames => [.. Mail.Keys.Select(MailName), .. Webhook.Keys.Select(WebhookName)];

    internal static string MailName(string name) => $"Mail:{name}";

    internal static string WebhookName(string name) => $"Webhook:{name}";

    /// <param name="loopbackWithoutTls">Whether an address of this machine may be plain <c>http</c>: in the sandbox.</param>
    public IEnumerable<string> Validate(bool loopbackWithoutTls) => AlertSettingsRules.Check(this, loopbackWithoutTls);
}

/// <summary>How the connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>From the first greeting on, which has to offer it; by custom on port 587.</summary>
    StartTls,

    /// <summary>From the first byte; by custom on port 465.</summary>
    Tls,

    /// <summary>Not at all; by custom on port 25. Whoever is on the way reads along.</summary>
    None,
}

/// <summary>How the agent signs in to a mail server.</summary>
public enum MailSignIn
{
    None,

    /// <summary>With <see cref="MailSettings.User"/> and <see cref="MailSettings.Password"/>.</summary>
    Password,

    /// <summary>As the account that the agent runs under.</summary>
    Windows,
}

/// <summary>What a mail goes over.</summary>
public enum MailOver
{
    /// <summary>The mail server of <see cref="MailSettings.Server"/>.</summary>
    Smtp,

    /// <summary>Microsoft Graph, from the mailbox <see cref="MailSettings.From"/>, as the application that the agent signs in as.</summary>
    Graph,
}

/// <summary>Over what a mail goes, and whom to write to.</summary>
public sealed class MailSettings
{
    public MailOver Over { get; set; }

    public string Server { get; set; } = "";

    /// <summary>0: the one that is customary for <see cref="Security"/>.</summary>
    public int Port { get; set; }

    public MailSecurity Security { get; set; }

    public MailSignIn SignIn { get; set; }

    public string User { get; set; } = "";

    /// <summary>A secret: never shown.</summary>
    public string Password { get; set; } = "";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    /// <summary>The receivers' addresses.</summary>
    public string[] To { get; set; } = [];
}

/// <summary>What a webhook is sent.</summary>
public enum WebhookShape
{
    /// <summary>Our own, by the schema in the repository (src/MimHybrid.Alerts/Channels/webhook.schema.json).</summary>
    Json,

    /// <summary>An Adaptive Card, as a workflow of Microsoft Teams takes it.</summary>
    AdaptiveCard,
}

/// <summary>An address that takes a message by HTTPS.</summary>
public sealed class WebhookSettings
{
    /// <summary>Whoever knows it may post: a secret, never shown.</summary>
    public string Address { get; set; } = "";

    public WebhookShape Shape { get; set; }

    /// <summary>Signs each message (HMAC-SHA256): the receiver knows who sent it. A secret: never shown. Empty: not signed.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>Headers that the receiver wants to see, e.g. an API key. Secrets: never shown.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];
}

/// <summary>How the address of a heartbeat is asked.</summary>
public enum HeartbeatMethod
{
    Get,

    /// <summary>With a body in JSON: the server's name, and how many matters are open.</summary>
    Post,
}

/// <summary>A dead man's switch, as healthchecks.io and its like have one.</summary>
public sealed class HeartbeatSettings
{
    /// <summary>
    /// Asked after a good poll or a good cycle, once a minute at most; with <c>/fail</c> after its path while something needs a person.
    /// Whoever knows it may say that all is well: a secret, never shown. Empty: none.
    /// </summary>
    public string Address { get; set; } = "";

    public HeartbeatMethod Method { get; set; }
}
