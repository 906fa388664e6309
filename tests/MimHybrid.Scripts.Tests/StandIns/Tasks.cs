using System.Management.Automation;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>
/// In the scripts' own Windows.ps1: the top folder of Task Scheduler, with the methods of ITaskFolder and IRegisteredTask that the scripts call. What they do is a command of its own,
/// so that Ctrl+C reaches it.
/// </summary>
[Cmdlet(VerbsCommon.Open, "TaskFolder")]
public sealed class OpenTaskFolder : StandIn
{
    private const int Disabled = 1;
    private const int Ready = 3;
    private const int Running = 4;

    protected override void ProcessRecord()
    {
        var folders = World.Tasks.Keys.Where(name => name.Contains('\\', StringComparison.Ordinal)).Select(name => name[..name.LastIndexOf('\\')]).Distinct().Select(FolderOf).ToArray();
        var folder = FolderOf("");
        folder.Members.Add(new PSNoteProperty("Folders", folders));
        AddMethod(folder, "GetFolders", "if ($args[0] -ne 0) { throw 'There is nothing but 0.' }; $this.Folders");
        AddMethod(folder, "GetFolder", "$path = $args[0]; $found = @($this.Folders | Where-Object { $_.Path -eq $path }); if ($found.Count -eq 0) { throw 'The system cannot find the path specified.' }; $found[0]");
        AddMethod(folder, "RegisterTask", "Invoke-TaskStandIn Register $args[0] -Rest $args[1..5]");
        AddMethod(folder, "RegisterTaskDefinition", "Invoke-TaskStandIn Update $args[0] -Rest $args[1..6]");
        AddMethod(folder, "DeleteTask", "Invoke-TaskStandIn Delete $args[0]");
        WriteObject(folder);
    }

    /// <summary>With folders of one level; none of those below the top has others.</summary>
    private PSObject FolderOf(string name)
    {
        var folder = new PSObject();
        folder.Members.Add(new PSNoteProperty("Path", "\\" + name));
        folder.Members.Add(new PSNoteProperty("Tasks", World.Tasks.Values.Where(task => task.Folder == name).Select(Show).ToArray()));
        AddMethod(folder, "GetTasks", "if ($args[0] -ne 1) { throw 'Hidden tasks would not be seen.' }; $this.Tasks");
        if (name.Length > 0) AddMethod(folder, "GetFolders", "");
        return folder;
    }

    private static void AddMethod(PSObject to, string name, string script) => to.Members.Add(new PSScriptMethod(name, ScriptBlock.Create(script)));

    private PSObject Show(StandInTask task)
    {
        var runs = task.TaskName == TaskStandIn.AgentTask ? World.AgentRuns : task.Runs;
        var shown = new PSObject();
        shown.Members.Add(new PSNoteProperty("Path", "\\" + task.TaskName));
        shown.Members.Add(new PSNoteProperty("State", !task.Enabled ? Disabled : runs ? Running : Ready));
        shown.Members.Add(new PSNoteProperty("LastTaskResult", unchecked((int)task.Result)));
        shown.Members.Add(new PSScriptProperty("Enabled", ScriptBlock.Create(task.Enabled ? "$true" : "$false"), ScriptBlock.Create("Invoke-TaskStandIn $(if ($args[0]) { 'Enable' } else { 'Disable' }) $this.Path.Substring(1)")));
        shown.Members.Add(new PSNoteProperty("Instances", runs ? new object[] { task.TaskName } : []));
        shown.Members.Add(new PSNoteProperty("Definition", Definition(task)));
        AddMethod(shown, "GetInstances", "$this.Instances");
        AddMethod(shown, "Run", "Invoke-TaskStandIn Start $this.Path.Substring(1)");
        AddMethod(shown, "Stop", "Invoke-TaskStandIn Stop $this.Path.Substring(1)");
        return shown;
    }

    /// <summary>A copy: what is changed in it counts when it is registered.</summary>
    private static PSObject Definition(StandInTask task) => Group(
        ("RegistrationInfo", Group(("Description", task.Description))),
        ("Actions", task.Actions.Select(action => Group(("Type", 0), ("Path", action.Program), ("Arguments", action.Arguments), ("WorkingDirectory", action.Folder))).ToArray()),
        ("Principal", Group(("UserId", task.User), ("LogonType", task.Logon))),
        ("Settings", Group(("Enabled", task.Enabled))));

    private static PSObject Group(params (string Name, object? Value)[] properties)
    {
        var group = new PSObject();
        foreach (var (name, value) in properties) group.Properties.Add(new PSNoteProperty(name, value));
        return group;
    }
}

[Cmdlet(VerbsLifecycle.Invoke, "TaskStandIn")]
public sealed class TaskStandIn : StandIn
{
    internal const string AgentTask = "MIM Hybrid Agent";
    internal const string CheckTask = "MIM Hybrid Check";

    [Parameter(Position = 0)]
    public string Deed { get; set; } = "";

    [Parameter(Position = 1)]
    public string TaskName { get; set; } = "";

    [Parameter]
    [AllowNull]
    public object?[] Rest { get; set; } = [];

    private object?[] Plain => [.. Rest.Select(one => one is PSObject wrapped ? wrapped.BaseObject : one)];

    private StandInTask Task => World.Tasks.TryGetValue(TaskName, out var task) ? task : throw new ItemNotFoundException($"There is no task {TaskName}.");

    protected override void ProcessRecord()
    {
        switch (Deed)
        {
            case "Register": Register(); break;
            case "Update": Update(); break;
            case "Delete": World.Change($"unregister task {TaskName}", () => World.Tasks.Remove(Task.TaskName)); break;
            case "Enable": World.Change($"enable task {TaskName}", () => Task.Enabled = true); break;
            case "Disable": World.Change($"disable task {TaskName}", () => Task.Enabled = false); break;
            case "Start": World.Change($"start task {TaskName}", Start); break;
            case "Stop": World.Change($"stop task {TaskName}", Stop); break;
            default: throw new NotSupportedException(Deed);
        }
    }

    /// <summary>A managed account has no password, and an empty one is a wrong one.</summary>
    private void Register()
    {
        if (Plain is not [string xml, 2, string user, var password, 1]) throw new NotSupportedException("The arguments of RegisterTask are not as the scripts give them.");
        var isManaged = user.EndsWith('$');
        if (isManaged ? password is not null : password as string != WindowsWorld.Password) throw new InvalidOperationException("The user name or password is incorrect.");
        if (World.CredentialsForbidden && !isManaged) throw new InvalidOperationException("A specified logon session does not exist. It may already have been terminated.") { HResult = unchecked((int)0x80070520) };
        World.Change($"register task {TaskName}", () => World.Tasks.Add(TaskName, StandInTask.Of(TaskName, xml) with { User = isManaged ? null : user, HasPassword = !isManaged }));
    }

    /// <summary>As an update, and without what starts at a registration; one that has a stored password needs it again.</summary>
    private void Update()
    {
        if (Rest is not [PSObject definition, ..] || Plain is not [_, 36, var user, var password, int logon, null] || logon != Task.Logon) throw new NotSupportedException("The arguments of RegisterTaskDefinition are not as the scripts give them.");
        if (Task.HasPassword && (password as string != WindowsWorld.Password || user as string is not { Length: > 0 })) throw new InvalidOperationException("The user name or password is incorrect.");
        if (!Task.HasPassword && password is not null) throw new InvalidOperationException("A task that has no password was given one.");
        World.Change($"update task {TaskName}", () =>
        {
            Task.Description = (string)In(definition, "RegistrationInfo", "Description")!;
            Task.Enabled = (bool)In(definition, "Settings", "Enabled")!;
        });
    }

    private static object? In(PSObject definition, string group, string name) => ((PSObject)definition.Properties[group].Value).Properties[name].Value;

    private void Start()
    {
        if (Task.TaskName == AgentTask) World.StartAgent();
        else Task.Runs = true;
        if (Task.TaskName == CheckTask) World.AccountCheck.Start(World, Task);
    }

    private void Stop()
    {
        if (Task.TaskName == AgentTask) World.EndAgent();
        else Task.Runs = false;
    }
}
