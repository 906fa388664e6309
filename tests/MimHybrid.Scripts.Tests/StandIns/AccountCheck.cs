using System.Xml.Linq;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>The temporary task that runs the agent's check as its account: what it finds is written at once, and the task takes some seconds more.</summary>
internal sealed class AccountCheck
{
    public const uint Running = 0x41301;

    /// <summary>It does not come to an end: it still writes.</summary>
    public const int Never = int.MaxValue;

    private StandInTask? task;
    private int left;
    private uint end;

    /// <summary>How long it takes.</summary>
    public int Seconds { get; set; } = 3;

    /// <summary>What Task Scheduler says in place of running it, for example an error of signing in; null: it runs it.</summary>
    public uint? Refusal { get; set; }

    /// <summary>What the account finds, where it differs from what an administrator finds: the exit code.</summary>
    public int? Code { get; set; }

    /// <summary>The line of what failed.</summary>
    public string Line { get; set; } = "failed  sign-in  AADSTS700027; upload the certificate";

    /// <summary>Whether the account may write into the data folder.</summary>
    public bool Writes { get; set; } = true;

    /// <summary>As which account and how signed in it was run, each time.</summary>
    public List<string> Runs { get; } = [];

    public void Start(WindowsWorld world, StandInTask task)
    {
        var definition = XDocument.Parse(task.Xml).Root!;
        Runs.Add($"{definition.Attribute("account")!.Value} by {definition.Attribute("logon")!.Value}{(task.HasPassword ? " with its password" : "")}");
        this.task = task;
        (left, task.Result) = (Seconds, Running);
        var code = world.NextCheck(Code ?? world.AnswerOf(WindowsWorld.VersionOf(world.Executable), "check"));
        end = Refusal ?? (uint)code;
        if (Refusal is not null || !Writes || code is not (0 or 3 or 4)) return;
        File.WriteAllLines(
            definition.Attribute("check")!.Value + (Seconds == Never ? ".part" : ""),
            ["ok       settings           all well", .. code == 0 ? [] : new[] { Line }]);
    }

    public void Pass(int seconds)
    {
        if (task is null || (left -= seconds) > 0) return;
        (task.Runs, task.Result) = (false, end);
        task = null;
    }
}
