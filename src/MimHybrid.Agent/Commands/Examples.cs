using System.CommandLine;
using MimHybrid.Sandbox.Rehearsals;

namespace MimHybrid.Agent.Commands;

/// <summary>Examples for the help of each command.</summary>
internal static class Examples
{
    public static string Of(Command command) => command.Name switch
    {
        "status" => Status,
        "log" => Log,
        "approve" or "removals" => Approve,
        _ => Run + Environment.NewLine + Rehearsals(),
    };

    private const string Run =
        """
        Examples:
          mimhybrid run --sandbox --for 00:00:40   a tenant, a MIM and a directory to try it on, for 40 seconds
          mimhybrid run --sandbox foreign-run      the same with something that goes wrong: a rehearsal
          mimhybrid run                            the agent, with the settings of appsettings.json
          mimhybrid --force                        run a Full cycle now and wait for it
          mimhybrid --force --sequence ChangeDriven
          mimhybrid run --once                     one poll, at most one cycle
          mimhybrid run --dry-run                  say what would run and why; run nothing
          mimhybrid run --set BootDelay=00:00:00   a setting from the command line
        """;

    private static string Rehearsals() => string.Join(
        Environment.NewLine,
        ["", "Rehearsals (run --sandbox REHEARSAL; each takes about a minute):", .. Rehearsal.All.Select(one => $"  {one.Name,-21} {one.Description}")]);

    private const string Status =
        """
        Examples:
          mimhybrid status
          mimhybrid status --json
        """;

    private const string Log =
        """
        Examples:
          mimhybrid log --last 5
          mimhybrid log --since 2026-11-20            cycles since then, local time
          mimhybrid log --guest lena.brandt           cycles with that guest: id, name or mail
          mimhybrid log --json | jq .outcome          one cycle a line, newest last
        """;

    private const string Approve =
        """
        Examples:
          mimhybrid approve removals                  shows what is held, asks, and lets exactly that pass, once
          mimhybrid approve removals --yes            the same without asking
        """;
}
