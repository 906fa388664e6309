using System.Management.Automation;
using System.Net;

namespace MimHybrid.Scripts.Tests.StandIns;

public abstract class TaskStandIn : StandIn
{
    internal const string AgentTask = "MIM Hybrid Agent";
    internal const string CheckTask = "MIM Hybrid Check";

    [Parameter]
    public string TaskName { get; set; } = "";

    [Parameter]
    public string TaskPath { get; set; } = @"\";

    internal StandInTask Task => World.Tasks.TryGetValue(TaskName, out var task) ? task : throw new ItemNotFoundException($"There is no task {TaskName}.");
}

[Cmdlet(VerbsCommon.Get, "ScheduledTask")]
public sealed class GetScheduledTask : TaskStandIn
{
    protected override void ProcessRecord()
    {
        foreach (var task in World.Tasks.Values)
        {
            var runs = task.TaskName == AgentTask ? World.AgentRuns : task.Runs;
            var shown = new PSObject();
            shown.Properties.Add(new PSNoteProperty("TaskName", task.TaskName));
            shown.Properties.Add(new PSNoteProperty("State", !task.Enabled ? "Disabled" : runs ? "Running" : "Ready"));
            WriteObject(shown);
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ScheduledTaskInfo")]
public sealed class GetScheduledTaskInfo : TaskStandIn
{
    protected override void ProcessRecord()
    {
        var shown = new PSObject();
        shown.Properties.Add(new PSNoteProperty("LastTaskResult", Task.Result));
        WriteObject(shown);
    }
}

[Cmdlet(VerbsLifecycle.Register, "ScheduledTask")]
public sealed class RegisterScheduledTask : TaskStandIn
{
    [Parameter(Mandatory = true)]
    public string Xml { get; set; } = "";

    protected override void ProcessRecord() => World.Change($"register task {TaskName}", () => World.Tasks.Add(TaskName, StandInTask.Of(TaskName, Xml)));
}

/// <summary>In the scripts' own Windows.ps1: the one way to give a password that no log of PowerShell shows.</summary>
[Cmdlet(VerbsLifecycle.Register, "TaskWithPassword")]
public sealed class RegisterTaskWithPassword : TaskStandIn
{
    [Parameter(Mandatory = true)]
    public string Xml { get; set; } = "";

    [Parameter(Mandatory = true)]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    protected override void ProcessRecord()
    {
        if (new NetworkCredential("", Credential.Password).Password != WindowsWorld.Password) throw new InvalidOperationException("The user name or password is incorrect.");
        World.Change($"register task {TaskName}", () => World.Tasks.Add(TaskName, StandInTask.Of(TaskName, Xml) with { User = Credential.UserName, HasPassword = true }));
    }
}

[Cmdlet(VerbsLifecycle.Unregister, "ScheduledTask", SupportsShouldProcess = true)]
public sealed class UnregisterScheduledTask : TaskStandIn
{
    protected override void ProcessRecord() => Change($"unregister task {TaskName}", () => World.Tasks.Remove(Task.TaskName));
}

[Cmdlet(VerbsLifecycle.Disable, "ScheduledTask")]
public sealed class DisableScheduledTask : TaskStandIn
{
    protected override void ProcessRecord() => World.Change($"disable task {TaskName}", () => Task.Enabled = false);
}

[Cmdlet(VerbsLifecycle.Enable, "ScheduledTask")]
public sealed class EnableScheduledTask : TaskStandIn
{
    protected override void ProcessRecord() => World.Change($"enable task {TaskName}", () => Task.Enabled = true);
}

[Cmdlet(VerbsLifecycle.Start, "ScheduledTask")]
public sealed class StartScheduledTask : TaskStandIn
{
    protected override void ProcessRecord() => World.Change($"start task {TaskName}", () =>
    {
        if (Task.TaskName == AgentTask) World.StartAgent();
        else Task.Runs = true;
        if (Task.TaskName == CheckTask) World.AccountCheck.Start(World, Task);
    });
}

[Cmdlet(VerbsLifecycle.Stop, "ScheduledTask")]
public sealed class StopScheduledTask : TaskStandIn
{
    protected override void ProcessRecord() => World.Change($"stop task {TaskName}", () =>
    {
        if (Task.TaskName == AgentTask) World.EndAgent();
        else Task.Runs = false;
    });
}
