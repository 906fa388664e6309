using System.Management.Automation;
using System.Net;

namespace MimHybrid.Scripts.Tests.StandIns;

[Cmdlet(VerbsCommon.Get, "Service")]
public sealed class GetService : StandIn
{
    [Parameter(Mandatory = true)]
    public string Name { get; set; } = "";

    protected override void ProcessRecord()
    {
        if (!World.Services.ContainsKey(Name))
        {
            Missing($"service {Name}");
            return;
        }

        var shown = new PSObject();
        shown.Properties.Add(new PSNoteProperty("Name", Name));
        shown.Properties.Add(new PSNoteProperty("Status", World.AgentRuns ? "Running" : "Stopped"));
        shown.Properties.Add(new PSNoteProperty("StartType", World.Services[Name].StartsWithWindows ? "Automatic" : "Manual"));
        WriteObject(shown);
    }
}

[Cmdlet(VerbsCommon.New, "Service", SupportsShouldProcess = true)]
public sealed class NewService : StandIn
{
    [Parameter(Mandatory = true)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true)]
    public string BinaryPathName { get; set; } = "";

    [Parameter]
    public string DisplayName { get; set; } = "";

    [Parameter]
    public string Description { get; set; } = "";

    [Parameter]
    public string StartupType { get; set; } = "";

    [Parameter]
    public string[] DependsOn { get; set; } = [];

    [Parameter]
    public PSCredential? Credential { get; set; }

    protected override void ProcessRecord()
    {
        if (Credential is not null && new NetworkCredential("", Credential.Password).Password != WindowsWorld.Password) throw new InvalidOperationException("The password is not right.");
        Change($"new service {Name}", () => World.Services.Add(Name, new StandInService
        {
            Name = Name,
            Line = BinaryPathName,
            DisplayName = DisplayName,
            Start = StartupType,
            DependsOn = string.Join(',', DependsOn),
            Account = Credential?.UserName ?? "LocalSystem",
            HasPassword = Credential is not null,
        }));
    }
}

[Cmdlet(VerbsLifecycle.Start, "Service", SupportsShouldProcess = true)]
public sealed class StartService : StandIn
{
    [Parameter(Mandatory = true)]
    public string Name { get; set; } = "";

    protected override void ProcessRecord() => Change($"start service {World.Services[Name].Name}", World.StartAgent);
}

[Cmdlet(VerbsLifecycle.Stop, "Service", SupportsShouldProcess = true)]
public sealed class StopService : StandIn
{
    [Parameter(Mandatory = true)]
    public string Name { get; set; } = "";

    protected override void ProcessRecord() => Change($"stop service {World.Services[Name].Name}", World.StopAgent);
}
