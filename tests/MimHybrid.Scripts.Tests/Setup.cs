using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>The scripts, run as an administrator would, against one world.</summary>
internal sealed class Setup(WindowsWorld world)
{
    public const string Tenant = "contoso.com";
    public const string Client = "11111111-2222-3333-4444-555555555555";

    public UnzippedFolder First { get; } = new(world);

    public ScriptRun Install(Dictionary<string, object?>? more = null, Person? person = null) => Run(First, "Install-MimHybrid.ps1", new()
    {
        ["TenantId"] = Tenant,
        ["ClientId"] = Client,
        ["ProgramFolder"] = world.ProgramFolder,
        ["DataFolder"] = world.DataFolder,
    }, more, person);

    public ScriptRun Update(UnzippedFolder to, Dictionary<string, object?>? more = null) =>
        Run(to, "Update-MimHybrid.ps1", new() { ["ProgramFolder"] = world.ProgramFolder }, more);

    public ScriptRun Uninstall(Dictionary<string, object?>? more = null, Person? person = null) =>
        Run(First, "Uninstall-MimHybrid.ps1", new() { ["ProgramFolder"] = world.ProgramFolder, ["Confirm"] = false }, more, person);

    public ScriptRun NewApp(Dictionary<string, object?>? more = null) => Run(First, "New-MimHybridApp.ps1", new() { ["TenantId"] = Tenant, ["ProgramFolder"] = world.ProgramFolder }, more);

    /// <summary>The task of the old loop, as the guide's page makes it.</summary>
    public void HasOldTask(bool runs = false) =>
        world.Tasks["MIM Scheduled Sync"] = new StandInTask { TaskName = "MIM Scheduled Sync", User = "MIMSyncUser", HasPassword = true, Description = "Runs MIM every hour.", Runs = runs };

    private ScriptRun Run(UnzippedFolder folder, string script, Dictionary<string, object?> parameters, Dictionary<string, object?>? more, Person? person = null)
    {
        foreach (var (name, value) in more ?? []) parameters[name] = value;
        return ScriptRun.Of(world, folder.Script(script), parameters, person);
    }
}
