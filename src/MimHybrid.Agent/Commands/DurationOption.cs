using System.CommandLine;
using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Commands;

/// <summary>A switch with a duration, read as everywhere (<see cref="DurationText"/>); null when it is not given.</summary>
internal sealed class DurationOption : Option<TimeSpan?>
{
    /// <param name="name">With its dashes.</param>
    /// <param name="longest">The most that is allowed.</param>
    /// <param name="allowsZero">Whether no time at all makes sense.</param>
    public DurationOption(string name, TimeSpan longest, bool allowsZero = false)
        : base(name)
    {
        HelpName = "HH:MM:SS";
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DurationText.TryParse(text, out var duration) && duration <= longest
                && (duration > TimeSpan.Zero || (allowsZero && duration == TimeSpan.Zero)))
                return duration;
            result.AddError($"{name} {SettingRule.Cut(text)}: allowed is a duration as hours:minutes:seconds, "
                + $"{(allowsZero ? "" : "more than zero and ")}at most {(long)longest.TotalHours}:00:00, e.g. 00:30:00.");
            return null;
        };
    }
}
