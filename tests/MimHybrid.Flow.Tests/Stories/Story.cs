using System.Globalization;
using System.Text;
using MimHybrid.Agent.Show;

namespace MimHybrid.Flow.Tests.Stories;

/// <summary>What an administrator reads of something that happened: the run log as <c>mimhybrid log</c> prints it, and what is next.</summary>
internal sealed class Story(World world)
{
    private readonly StringBuilder text = new();
    private long told = world.RunLog.Count == 0 ? 0 : world.RunLog[^1].Id;

    /// <summary>Somebody does something, outside the agent.</summary>
    public Story Happens(string what)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"# {what}").AppendLine();
        return this;
    }

    /// <summary>The cycles since the last time, and what the agent says it will do next.</summary>
    public Story Tell()
    {
        foreach (var cycle in world.RunLog.Where(cycle => cycle.Id > told)) text.AppendLine(new RunLogText(TimeZoneInfo.Utc).Of(cycle).ToString()).AppendLine();
        told = world.RunLog.Count == 0 ? 0 : world.RunLog[^1].Id;
        var next = world.Decide();
        text.AppendLine(CultureInfo.InvariantCulture, $"{world.Clock.GetUtcNow():HH:mm:ss}  {next.GetType().Name}: {next.Reason}").AppendLine();
        return this;
    }

    /// <summary>What somebody is shown or told.</summary>
    public Story Show(string shown)
    {
        text.AppendLine(shown).AppendLine();
        return this;
    }

    public override string ToString() => text.ToString().TrimEnd() + "\n";
}
