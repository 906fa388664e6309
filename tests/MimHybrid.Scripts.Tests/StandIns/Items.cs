using System.Management.Automation;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>The registry and the certificate store, as PowerShell's drives show them. Files are not played: they are real.</summary>
public abstract class ItemStandIn : StandIn
{
    private const string Store = @"Cert:\LocalMachine\My";

    [Parameter]
    public string LiteralPath { get; set; } = "";

    [Parameter]
    public string Path { get; set; } = "";

    internal string Where => LiteralPath.Length > 0 ? LiteralPath : Path;

    internal bool IsRegistry => Where.StartsWith(@"HKLM:\", StringComparison.OrdinalIgnoreCase) || (Where.StartsWith(Store, StringComparison.Ordinal) ? false
        : throw new NotSupportedException($"{Where} is neither of the registry nor of the certificate store; files are reached with System.IO."));

    internal string Thumbprint => Where[(Store.Length + 1)..];
}

[Cmdlet(VerbsDiagnostic.Test, "Path")]
public sealed class TestPath : ItemStandIn
{
    protected override void ProcessRecord() => WriteObject(IsRegistry && World.Registry.ContainsKey(Where));
}

[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
public sealed class NewItem : ItemStandIn
{
    protected override void ProcessRecord() => Change($"new {(IsRegistry ? Where : "")}", () => World.Registry.Add(Where, []));
}

[Cmdlet(VerbsCommon.New, "ItemProperty", SupportsShouldProcess = true)]
public sealed class NewItemProperty : ItemStandIn
{
    [Parameter(Mandatory = true)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true)]
    public object Value { get; set; } = "";

    [Parameter]
    [ValidateSet("String", "ExpandString", "DWord")]
    public string PropertyType { get; set; } = "String";

    protected override void ProcessRecord() => Change($"new value {Where} {Name}", () => World.Registry[Where].Add(Name, $"{PropertyType} {Value}"));
}

[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true)]
public sealed class RemoveItem : ItemStandIn
{
    [Parameter]
    public SwitchParameter DeleteKey { get; set; }

    protected override void ProcessRecord()
    {
        if (IsRegistry) Change($"remove {Where}", () => World.Registry.Remove(Where));
        else Change($"remove certificate {Thumbprint}", RemoveCertificate);
    }

    private void RemoveCertificate()
    {
        World.Certificates.RemoveAll(certificate => certificate.Thumbprint == Thumbprint);
        if (DeleteKey) File.Delete(System.IO.Path.Combine(World.KeyFolder, Thumbprint));
    }
}

[Cmdlet(VerbsCommon.Get, "Item")]
public sealed class GetItem : ItemStandIn
{
    protected override void ProcessRecord() => WriteObject(IsRegistry ? World.Registry[Where] : World.Certificates.Single(certificate => certificate.Thumbprint == Thumbprint));
}

[Cmdlet(VerbsCommon.Get, "ChildItem")]
public sealed class GetChildItem : ItemStandIn
{
    protected override void ProcessRecord()
    {
        if (!IsRegistry) WriteObject(World.Certificates, enumerateCollection: true);
    }
}
