using System.Management.Automation;
using System.Text;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>mimhybrid.exe by its contract: an alias of its path leads here, so that no process is started for it. The file has to be there, and is asked for its version.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AgentStandIn")]
public sealed class AgentStandIn : ProgramStandIn
{
    protected override int Run()
    {
        var version = WindowsWorld.VersionOf(World.Executable);
        World.AgentAsked.Add(string.Join(' ', Argument));
        var code = World.AnswerOf(version, Argument is ["task", "show", ..] ? "show" : Argument[0]);
        switch (Argument)
        {
            case ["check", ..]:
                if (World.CutAtCheck) World.CutPower("check");
                code = World.NextCheck(code);
                WriteObject("ok  settings  all well" + World.CheckAdds);
                if (code != 0) WriteError(new ErrorRecord(new InvalidOperationException("failed  sign-in  AADSTS700027; upload the certificate"), "StandardError", ErrorCategory.NotSpecified, null));
                break;
            case ["config", "discover", "--write", ..]:
                var found = World.Discovered;
                WriteObject("Management agents of MIM: Guests (Graph (Microsoft)), Corp AD (Active Directory)");
                if (found is null) break;
                var settings = Path.Combine(World.ProgramFolder, "appsettings.json");
                World.Change("discover", () =>
                {
                    File.Move(settings, settings + ".before-20261129-113000");
                    File.WriteAllText(settings, found);
                });
                break;
            case ["stop", "--wait", ..]:
                if (code == 0) World.StopAgent();
                break;
            case ["task", "show", ..]:
                var deed = Argument.Contains("--check") ? $"check=\"{After("--check")}\"" : $"delay=\"{After("--delay")}\"";
                File.WriteAllText(After("--output"), $"""<Task account="{After("--account")}" logon="{After("--logon")}" {deed}><Settings><Enabled>true</Enabled></Settings></Task>""", Encoding.Unicode);
                break;
            default:
                return 2;
        }

        return code;
    }
}
