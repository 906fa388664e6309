using System.Management.Automation;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Elevated")]
public sealed class TestElevated : StandIn
{
    protected override void ProcessRecord() => WriteObject(World.Elevated);
}

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsData.ConvertTo, "Sid")]
public sealed class ConvertToSid : StandIn
{
    [Parameter(Mandatory = true)]
    public string Name { get; set; } = "";

    protected override void ProcessRecord() => WriteObject(World.Accounts.TryGetValue(Name, out var sid) ? sid : throw new ItemNotFoundException($"No account {Name}."));
}

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsData.ConvertTo, "AccountName")]
public sealed class ConvertToAccountName : StandIn
{
    [Parameter(Mandatory = true)]
    public string Sid { get; set; } = "";

    protected override void ProcessRecord() => WriteObject(World.Accounts.Single(account => account.Value == Sid && account.Key.Contains('\\', StringComparison.Ordinal)).Key);
}

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsCommon.Get, "CallerSid")]
public sealed class GetCallerSid : StandIn
{
    protected override void ProcessRecord() => WriteObject(WindowsWorld.Caller);
}
