using System.CommandLine;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Commands;

/// <summary>The switches that say what the task is like; <c>show</c> and <c>check</c> have them.</summary>
/// <param name="common">The switches that every command has.</param>
internal sealed class TaskOptions(CommonOptions common)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly Option<string> account = new("--account")
    {
        HelpName = @"DOMAIN\user",
        Description = @"Who runs the agent: a local account, DOMAIN\user, or DOMAIN\account$ of a gMSA. "
            + $"Default: {TaskDefinition.DefaultAccount}.",
        DefaultValueFactory = _ => TaskDefinition.DefaultAccount,
    };

    private readonly Option<string?> logon = new("--logon")
    {
        HelpName = "Password|Gmsa",
        Description = "Password, or Gmsa for a group managed service account. Default: Gmsa for a name that ends with $, else Password.",
    };

    private readonly DurationOption delay = new("--delay", LongestDelay, allowsZero: true)
    {
        Description = "Between the start of the server and that of the agent. Default: 00:15:00.",
    };

    private readonly Option<string?> program = new("--program")
    {
        HelpName = "FILE",
        Description = $"The executable. Default: this one, on Windows; else {TaskDefinition.DefaultProgram}.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(account);
        command.Options.Add(logon);
        command.Options.Add(delay);
        command.Options.Add(program);
        common.AddPlacesTo(command);
        command.Validators.Add(result =>
        {
            // Words, not values: one that cannot be converted throws when it is asked for.
            string? Word(Option option) => result.GetResult(option) is { Implicit: false, Tokens: [var token] } ? token.Value : null;
            var name = Word(account) ?? TaskDefinition.DefaultAccount;
            if (name.Contains('"', StringComparison.Ordinal)
                || name.Split('\\') is not ([{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }]))
                result.AddError($@"--account {name}: allowed is DOMAIN\user, COMPUTER\user or the plain name of a local account.");
            else if (Word(logon) is { } word
                && (!Enum.TryParse<TaskLogon>(word, ignoreCase: true, out var kind) || (kind == TaskLogon.Gmsa) != name.EndsWith('$')))
                result.AddError(
                    $"--logon {word}: allowed is Gmsa for a name that ends with $, as that of each group managed service account does, "
                        + $"and Password for all others; --account is {name}.");
        });
    }

    /// <param name="checkInto">The file for what <c>check</c> finds; null for the agent's own task.</param>
    public TaskDefinition Read(ParseResult parsed, string? checkInto = null)
    {
        var name = parsed.GetValue(account)!;
        return new TaskDefinition
        {
            Account = name,
            Logon = name.EndsWith('$') ? TaskLogon.Gmsa : TaskLogon.Password,
            Delay = parsed.GetValue(delay) ?? TaskDefinition.DefaultDelay,
            Program = parsed.GetValue(program) ?? ThisProgram,
            Arguments = TaskDefinition.CommandLine(
                [.. checkInto is null ? ["run"] : new[] { "check", "--output", checkInto }, .. common.Places(parsed)]),
            IsCheck = checkInto is not null,
        };
    }

    /// <summary>What the task starts when nothing is said.</summary>
    public static string ThisProgram => OperatingSystem.IsWindows() && Path.GetFileName(Environment.ProcessPath) is "mimhybrid.exe"
        ? Environment.ProcessPath!
        : TaskDefinition.DefaultProgram;
}
