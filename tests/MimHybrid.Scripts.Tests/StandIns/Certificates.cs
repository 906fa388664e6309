using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>Makes a real certificate. A key that could be exported, or one of an old provider, is refused: the scripts must not ask for it.</summary>
[Cmdlet(VerbsCommon.New, "SelfSignedCertificate", SupportsShouldProcess = true)]
public sealed class NewSelfSignedCertificate : StandIn
{
    /// <summary>To make one takes longer than all the rest of a script, and nothing depends on it: each certificate has a serial number, and so a thumbprint, of its own.</summary>
    private static readonly RSA Key = RSA.Create(2048);

    [Parameter(Mandatory = true)]
    public string Subject { get; set; } = "";

    [Parameter]
    public string Type { get; set; } = "";

    [Parameter]
    public string FriendlyName { get; set; } = "";

    [Parameter]
    public string CertStoreLocation { get; set; } = "";

    [Parameter]
    [ValidateSet("Microsoft Software Key Storage Provider")]
    public string Provider { get; set; } = "";

    [Parameter]
    public string KeyAlgorithm { get; set; } = "";

    [Parameter]
    public int KeyLength { get; set; }

    [Parameter]
    public string HashAlgorithm { get; set; } = "";

    [Parameter(Mandatory = true)]
    [ValidateSet("NonExportable")]
    public string KeyExportPolicy { get; set; } = "";

    [Parameter]
    public string KeyUsage { get; set; } = "";

    [Parameter]
    public string[] TextExtension { get; set; } = [];

    [Parameter(Mandatory = true)]
    public DateTime NotBefore { get; set; }

    [Parameter(Mandatory = true)]
    public DateTime NotAfter { get; set; }

    protected override void ProcessRecord()
    {
        if (CertStoreLocation != @"Cert:\LocalMachine\My") throw new NotSupportedException(CertStoreLocation);
        Change($"new certificate {Subject}", () =>
        {
            var certificate = SelfSigned();
            PSObject.AsPSObject(certificate).Properties.Add(new PSNoteProperty(nameof(FriendlyName), FriendlyName)); // Windows keeps it in its store; elsewhere a certificate has none
            World.Certificates.Add(certificate);
            File.WriteAllText(Path.Combine(World.KeyFolder, certificate.Thumbprint), "a private key");
            WriteObject(certificate);
        });
    }

    private X509Certificate2 SelfSigned()
    {
        lock (Key) return new CertificateRequest(Subject, Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(NotBefore, NotAfter);
    }
}

/// <summary>In the scripts' own Windows.ps1.</summary>
[Cmdlet(VerbsCommon.Get, "PrivateKeyPath")]
public sealed class GetPrivateKeyPath : StandIn
{
    [Parameter(Mandatory = true)]
    public X509Certificate2 Certificate { get; set; } = null!;

    protected override void ProcessRecord() => WriteObject(Path.Combine(World.KeyFolder, Certificate.Thumbprint));
}
