using System.Management.Automation;

namespace MimHybrid.Scripts.Tests.StandIns;

[Cmdlet(VerbsCommunications.Write, "Verbose")]
public sealed class WriteVerboseCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Message { get; set; } = "";

    protected override void ProcessRecord() => WriteVerbose(Message);
}

[Cmdlet(VerbsCommunications.Write, "Warning")]
public sealed class WriteWarningCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Message { get; set; } = "";

    protected override void ProcessRecord() => WriteWarning(Message);
}

[Cmdlet(VerbsCommunications.Write, "Information")]
public sealed class WriteInformationCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public object MessageData { get; set; } = "";

    protected override void ProcessRecord() => WriteInformation(new InformationRecord(MessageData, "script"));
}

[Cmdlet(VerbsCommunications.Read, "Host")]
public sealed class ReadHostCommand : StandIn
{
    [Parameter]
    public string Prompt { get; set; } = "";

    protected override void ProcessRecord() => WriteObject(World.Answers.Dequeue());
}

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

[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public object InputObject { get; set; } = "";

    [Parameter]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord() => WriteObject(Json.Write(InputObject, indented: !Compress));
}

[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public string InputObject { get; set; } = "";

    protected override void ProcessRecord() => WriteObject(Json.Read(InputObject));
}
