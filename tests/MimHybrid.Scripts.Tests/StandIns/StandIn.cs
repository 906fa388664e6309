using System.Management.Automation;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>A command of Windows, played by the test. What it does not know, it refuses, as the real one would.</summary>
public abstract class StandIn : PSCmdlet
{
    public const string WorldVariable = "StandInWorld";

    private WindowsWorld? world;

    internal WindowsWorld World => world ??= (WindowsWorld)((PSObject)GetVariableValue("global:" + WorldVariable)).BaseObject;

    /// <summary>A change, unless the caller only asks what would be.</summary>
    internal void Change(string what, Action make)
    {
        if (ShouldProcess(what)) World.Change(what, make);
    }

    protected override void StopProcessing() => world?.Stopped.Set();

    protected void Missing(string what) =>
        WriteError(new ErrorRecord(new ItemNotFoundException($"There is no {what}."), "NotFound", ErrorCategory.ObjectNotFound, what));
}

/// <summary>A program of Windows: an alias of the program's name leads here. It sets the exit code that scripts read.</summary>
public abstract class ProgramStandIn : StandIn
{
    [Parameter(ValueFromRemainingArguments = true)]
    public string[] Argument { get; set; } = [];

    protected override void ProcessRecord()
    {
        int code;
        try
        {
            code = Run();
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or KeyNotFoundException)
        {
            WriteObject(e.Message);
            code = 5;
        }

        SessionState.PSVariable.Set("global:LASTEXITCODE", code);
    }

    /// <summary>Answers with the exit code.</summary>
    protected abstract int Run();

    protected string After(string word) => Argument.SkipWhile(one => one != word).Skip(1).First();
}
