using System.Management.Automation;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsCommon.Get, "PathRight")]
public sealed class GetPathRight : StandIn
{
    [Parameter(Mandatory = true)]
    public string Path { get; set; } = "";

    protected override void ProcessRecord()
    {
        World.Judged.Add(Path);
        var list = World.RightsOf(Path);
        var shown = new PSObject();
        shown.Properties.Add(new PSNoteProperty("Owner", list.Owner));
        shown.Properties.Add(new PSNoteProperty("Protected", list.Protected));
        shown.Properties.Add(new PSNoteProperty("Sddl", list.Sddl));
        shown.Properties.Add(new PSNoteProperty("Rules", list.Rules.SelectMany(rule => World.Reads(Path, rule)).ToArray()));
        shown.Properties.Add(new PSNoteProperty("All", AccessList.All(Path, World.RightsOf).SelectMany(rule => World.Reads(Path, rule)).ToArray()));
        WriteObject(shown);
    }
}

/// <summary>Those of the scripts' own Windows.ps1 that give rights to a path.</summary>
public abstract class RightStandIn : StandIn
{
    [Parameter(Mandatory = true)]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true)]
    public string Sddl { get; set; } = "";

    internal string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>As Windows does it by a path: on what the path leads to, so links are not refused here.</summary>
[Cmdlet(VerbsCommon.Set, "PathRight", SupportsShouldProcess = true)]
public sealed class SetPathRight : RightStandIn
{
    protected override void ProcessRecord() => Change($"rights {Name}", () =>
    {
        var target = new FileInfo(Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path;
        World.Restore(target, World.RightsOf(target).Changed(Sddl));
    });
}

/// <summary>A folder that is there is taken silently, as .NET does it; whoever calls this looks.</summary>
[Cmdlet(VerbsCommon.New, "ClosedFolder", SupportsShouldProcess = true)]
public sealed class NewClosedFolder : RightStandIn
{
    protected override void ProcessRecord()
    {
        if (World.Has(Path)) Change($"make folder {Name}", Make);
        else Make();
    }

    private void Make()
    {
        if (Directory.Exists(Path)) return;
        Directory.CreateDirectory(Path);
        World.Restore(Path, new AccessList().Changed(Sddl));
    }
}

[Cmdlet(VerbsCommon.New, "ClosedFile", SupportsShouldProcess = true)]
public sealed class NewClosedFile : RightStandIn
{
    protected override void ProcessRecord()
    {
        Change($"make file {Name}", () =>
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(Path, options).Dispose();
            World.AccessLists[Path] = new AccessList().Changed(Sddl);
        });
        WriteObject(new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.None));
    }
}
