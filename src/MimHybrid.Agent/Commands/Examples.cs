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
        "guest" => Guest,
        "page" => Page,
        "alerts" or "snooze" or "test" => Alerts,
        "report" => Report,
        "approve" or "removals" => Approve,
        "stop" => Stop,
        "resync" => Resync,
        "check" when !command.Parents.OfType<Command>().Any(parent => parent.Name == "task") => Check,
        "config" or "show" when command.Name == "config"
            || command.Parents.OfType<Command>().Any(parent => parent.Name == "config") => Config,
        "task" or "show" or "check" => Task,
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
        ["", "Rehearsals (run --sandbox REHEARSAL; each takes about a minute, and ends the agent):",
            .. Rehearsal.All.Select(one => $"  {one.Name,-21} {one.Description}")]);

    private const string Alerts =
        """
        Examples:
          mimhybrid alerts                            what people are told of now, with its number
          mimhybrid alerts snooze 12 --until 2d       nothing is told of number 12 for two days
          mimhybrid alerts test                       a marked test over each channel, and what each answered
        """;

    private const string Status =
        """
        Examples:
          mimhybrid status                            whether all is well; else who is concerned and what to do
          mimhybrid status --verbose                  also the pending changes by name, the cursor's age, and what is ignored
          mimhybrid status --watch                    again every two seconds, until Ctrl+C
          mimhybrid status --exit-code                for monitoring: 0 all is well, 1 something is open, 4 it cannot be told
          (mimhybrid status --json | ConvertFrom-Json).open.title
                                                      in PowerShell: what is open
        """;

    private const string Log =
        """
        Examples:
          mimhybrid log                               one line a cycle, the newest last
          mimhybrid log 12                            cycle 12 in full
          mimhybrid log 12 --verbose                  the same with MIM's own counters
          mimhybrid log --failed --since 2d           what did not end well in the last two days
          mimhybrid log --changes --since 2026-11-20  cycles with guest changes since then, local time
          mimhybrid log --guest lena.brandt           cycles with that guest: id, name or mail
          mimhybrid log --follow                      cycles and steps as they happen, until Ctrl+C
          mimhybrid log --csv log.csv                 for a spreadsheet
          mimhybrid log --json | ConvertFrom-Json     in PowerShell: one object a cycle, newest last
        """;

    private const string Guest =
        """
        Examples:
          mimhybrid guest lena.brandt                 her story: seen, imported, synchronized, written, confirmed; or where it hangs
          mimhybrid guest lena.brandt --json | ConvertFrom-Json
        """;

    private const string Page =
        """
        Examples:
          mimhybrid page                              status, run log and guests in the browser, until Ctrl+C
          mimhybrid page --no-browser                 prints the address with its key; it opens on this machine only
          mimhybrid page --port 8400                  where the port has to be known beforehand, as for a tunnel
        """;

    private const string Report =
        """
        Examples:
          mimhybrid report --output report.html       status, pictures and cycles of 30 days as one file: for mail or a ticket
          mimhybrid report --output report.html --days 90 --without-persons
                                                      without the names of guests and administrators
          mimhybrid report --output cycles.csv --format csv
          mimhybrid report --output guests.csv --format guests
                                                      for a spreadsheet
        """;

    private const string Resync =
        """
        Examples:
          mimhybrid resync                            the next poll reads the whole tenant again and compares
          mimhybrid status                            how far it is
        """;

    private const string Approve =
        """
        Examples:
          mimhybrid approve removals                  shows what is held, asks, and lets exactly that pass, once
          mimhybrid approve removals --yes            the same without asking
        """;

    private const string Stop =
        """
        Examples:
          mimhybrid stop                              ends the agent after the cycle in progress; waits half an hour at most
          mimhybrid stop --wait 04:00:00              waits longer, e.g. while a Full cycle of a large tenant runs
          schtasks /Change /TN "MIM Hybrid Agent" /DISABLE
                                                      first, where the agent is to stay away: the task would start it again
        """;

    private const string Check =
        """
        Examples:
          mimhybrid check                             settings, data folder, sign-in, Graph, MIM, task: one line each, with what to do
          mimhybrid check --json                      the same for a script
          mimhybrid check --output found.txt          the same into a file: where no console is, as in a scheduled task
          mimhybrid check --sandbox                   how it looks when all is well
          runas /user:MIMSyncUser cmd                 a window of the agent's account, to check as that account
        """;

    private const string Config =
        """
        Examples:
          mimhybrid config show                       each setting, its value and where that comes from; no secrets
          mimhybrid config show --changed             what is not the default
          mimhybrid config show Graph                 settings whose names begin so
          mimhybrid config show --json
          mimhybrid config show --set BootDelay=00:00:05
                                                      what a switch would change
          mimhybrid config discover                   the sequences that fit this server's own names; changes nothing
          mimhybrid config discover --write           writes them into the settings file and keeps the old one beside it
          mimhybrid config discover --accounts ADMA2  where several management agents could be meant
        """;

    private const string Task =
        """
        Examples:
          mimhybrid task show                         the definition, for reading
          mimhybrid task show --output task.xml       the same as a file for schtasks, import or group policy
          mimhybrid task show --account CONTOSO\svc-mim$ --check C:\ProgramData\MimHybrid\found.txt --output check.xml
                                                      a task that checks once as that account
          mimhybrid task check                        what somebody changed by hand since
        """;
}
