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

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsCommon.Get, "PolicyRight")]
public sealed class GetPolicyRight : StandIn
{
    protected override void ProcessRecord()
    {
        foreach (var (right, accounts) in World.PolicyRights)
        {
            var shown = new PSObject();
            shown.Properties.Add(new PSNoteProperty("Right", right));
            shown.Properties.Add(new PSNoteProperty("Account", accounts));
            shown.Properties.Add(new PSNoteProperty("Policy", "Tier 0 servers"));
            WriteObject(shown);
        }
    }
}

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PasswordStorage")]
public sealed class TestPasswordStorage : StandIn
{
    protected override void ProcessRecord() => WriteObject(!World.CredentialsForbidden);
}

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsCommunications.Write, "AgentEvent")]
public sealed class WriteAgentEvent : StandIn
{
    [Parameter(Mandatory = true)]
    public string Text { get; set; } = "";

    protected override void ProcessRecord() => World.Events.Add(Text);
}
