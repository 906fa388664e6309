using MimHybrid.Cycles.Matters;

namespace MimHybrid.Alerts.Planning;

/// <summary>How long what may pass by itself may take, and how often people are reminded of what does not.</summary>
/// <param name="Scale">1 in earnest; less in the sandbox, where a begin and an end fit into a minute.</param>
public sealed record AlertRules(double Scale = 1)
{
    /// <summary>Gone for so long, a matter is over. One that has come back before has to stay away for <see cref="Relapse"/>.</summary>
    public TimeSpan Calm { get; } = TimeSpan.FromMinutes(10) * Scale;

    /// <summary>What comes back so soon after its end is the same alert, and not a new one.</summary>
    public TimeSpan Relapse { get; } = TimeSpan.FromHours(1) * Scale;

    public TimeSpan FirstReminder { get; } = TimeSpan.FromDays(1) * Scale;

    public TimeSpan NextReminder { get; } = TimeSpan.FromDays(7) * Scale;

    /// <summary>Before the end of what ends on a day, such as a credential, in place of the other reminders.</summary>
    public IReadOnlyList<TimeSpan> BeforeDeadline { get; } = [TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.Zero];

    /// <summary>What goes on without these is told in a maintenance window, too: it does not wait for the window's end.</summary>
    public static bool IsToldInMaintenance(string matter) =>
        matter.StartsWith("tenant/credential", StringComparison.Ordinal) || matter.StartsWith("disk/", StringComparison.Ordinal);

    /// <summary>
    /// How long a matter may last before it is told. What waits for a person's decision does not pass, and no more does what has waited for
    /// hours before it became one; a first failure is mended by the retry after it as a rule, and so is a short absence of Graph, or of
    /// whoever takes telemetry: it is out of reach while a server there is restarted.
    /// </summary>
    public TimeSpan Wait(OpenMatter matter) => Scale * matter.Id.Split('/')[0] switch
    {
        "held" or "agent" or "disk" or "run" or "messages" => TimeSpan.FromMinutes(1),
        "cycles" when matter.Severity == Severity.Error => TimeSpan.FromMinutes(1),
        "cycles" or "delivery" => TimeSpan.FromMinutes(30),
        "tenant" when matter.Deadline is not null => TimeSpan.Zero,
        "tenant" => TimeSpan.FromMinutes(15),
        _ => TimeSpan.FromMinutes(5),
    };
}
