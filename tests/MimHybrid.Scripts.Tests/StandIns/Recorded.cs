using System.Xml.Linq;

namespace MimHybrid.Scripts.Tests.StandIns;

internal sealed record StandInTask
{
    public required string TaskName { get; init; }

    public string Xml { get; init; } = "";

    public string? User { get; init; }

    public bool HasPassword { get; init; }

    /// <summary>How Windows signs the user in: 1 by a password or as a managed account, 5 as itself.</summary>
    public int Logon { get; init; } = 1;

    public string Description { get; set; } = "";

    /// <summary>What it runs, and in which folder.</summary>
    public (string Program, string? Arguments, string? Folder)[] Actions { get; init; } = [];

    public string Folder => TaskName.Contains('\\', StringComparison.Ordinal) ? TaskName[..TaskName.LastIndexOf('\\')] : "";

    public bool Enabled { get; set; } = true;

    /// <summary>Whether it runs, for tasks that are not the agent's: that one's state is the agent's.</summary>
    public bool Runs { get; set; }

    /// <summary>What Task Scheduler says of its last run; that there was none yet, as long as there was none.</summary>
    public uint Result { get; set; } = 0x41303;

    public static StandInTask Of(string name, string xml) => new() { TaskName = name, Xml = xml, Enabled = (bool)XDocument.Parse(xml).Root!.Element("Settings")!.Element("Enabled")! };

    public override string ToString() => $"{TaskName} user={User} password={HasPassword} enabled={Enabled} runs={Runs} {Description} {Xml.ReplaceLineEndings(" ")}";
}

internal sealed record StandInService
{
    public required string Name { get; init; }

    public required string Line { get; init; }

    public required string DisplayName { get; init; }

    public string Account { get; set; } = "LocalSystem";

    public bool HasPassword { get; init; }

    /// <summary>Whether Windows fetches the password itself.</summary>
    public bool IsManaged { get; set; }

    public string Start { get; set; } = "";

    public bool StartsWithWindows => Start is "Automatic" or "delayed-auto";

    public string DependsOn { get; init; } = "";

    public string Failure { get; set; } = "";

    public bool FailureFlag { get; set; }

    public override string ToString() => $"{Name} [{DisplayName}] {Line} as={Account} password={HasPassword} managed={IsManaged} start={Start} depends={DependsOn} failure={Failure} flag={FailureFlag}";
}
