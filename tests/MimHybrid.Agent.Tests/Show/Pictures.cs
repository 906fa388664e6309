using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>
/// The pictures of README, made from what the program draws: one that differs fails its test; to take the new one, run it with
/// <c>MIMHYBRID_APPROVE=1</c>, look at it, and commit it.
/// </summary>
public sealed class Pictures
{
    [Fact]
    public Task Status_with_a_refused_guest() => MatchesAsync("status-refused", "mimhybrid status", Status(Scenes.Refused));

    [Fact]
    public Task Status_with_held_removals() => MatchesAsync("status-hold", "mimhybrid status", Status(Scenes.Held));

    [Fact]
    public Task Log()
    {
        var table = new LogTable(TimeZoneInfo.Utc, 100);
        return MatchesAsync("log", "mimhybrid log", [new Text(table.Head), .. LogRow.Fold(LogScreens.Cycles()).Select(table.Render)]);
    }

    private static IRenderable[] Status(StatusReport report) => [new StatusText(report).ToSheet(verbose: false).ToRenderable()];

    private static Task MatchesAsync(string name, string command, params IRenderable[] shown) =>
        Approved.FileMatchesAsync(Repository.In("src", "MimHybrid.Agent", "Pictures", $"{name}.svg"), ScreenPicture.Of(command, 100, shown));
}
