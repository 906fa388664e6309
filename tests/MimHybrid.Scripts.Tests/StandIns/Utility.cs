using System.Management.Automation;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>Time is not waited for.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep")]
public sealed class StartSleepCommand : StandIn
{
    [Parameter]
    public int Seconds { get; set; }

    protected override void ProcessRecord()
    {
        World.PassTime();
        World.Entra.Pass(TimeSpan.FromSeconds(Seconds));
        World.AccountCheck.Pass(Seconds);
        World.Meanwhile();
    }
}

[Cmdlet(VerbsSecurity.Unblock, "File", SupportsShouldProcess = true)]
public sealed class UnblockFileCommand : StandIn
{
    [Parameter(Mandatory = true)]
    public string LiteralPath { get; set; } = "";

    /// <summary>One file of all is a change that can fail: copying is then interrupted half-way, and once is enough.</summary>
    protected override void ProcessRecord()
    {
        if (Path.GetFileName(LiteralPath) == "mimhybrid.exe") Change("unblock mimhybrid.exe", () => File.GetAttributes(LiteralPath));
    }
}
