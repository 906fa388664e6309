namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>
/// The commands of Windows PowerShell 5.1 that the scripts use, each with the parameters that it has there and that they use (learn.microsoft.com/powershell/module/…,
/// view powershell-5.1 or windowsserver2016-ps). A command or parameter that is not written down here fails the tests: look it up in 5.1's pages before adding it.
/// </summary>
internal static class KnownCommands
{
    public static readonly string[] Common = ["Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ErrorVariable", "OutVariable"];

    public static readonly Dictionary<string, string[]> OfWindowsPowerShell = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ConvertFrom-Json"] = ["InputObject"],
        ["ConvertTo-Json"] = ["InputObject", "Depth", "Compress"],
        ["ForEach-Object"] = ["Process"],
        ["Get-Acl"] = ["LiteralPath", "Path"],
        ["Get-ChildItem"] = ["LiteralPath", "Path"],
        ["Get-CimInstance"] = ["Namespace", "ClassName"],
        ["Get-Credential"] = ["UserName", "Message"],
        ["Get-Item"] = ["LiteralPath", "Path"],
        ["Get-Service"] = ["Name"],
        ["Import-Module"] = ["Name", "Force"],
        ["Invoke-RestMethod"] = ["Method", "Uri", "Headers", "Body", "ContentType", "Proxy", "ProxyUseDefaultCredentials", "UseBasicParsing"],
        ["New-Item"] = ["WhatIf", "Confirm", "Path"],
        ["New-ItemProperty"] = ["WhatIf", "Confirm", "LiteralPath", "Name", "Value", "PropertyType"],
        ["New-Object"] = ["ComObject"],
        ["New-SelfSignedCertificate"] =
        [
            "WhatIf", "Confirm", "Type", "Subject", "FriendlyName", "CertStoreLocation", "Provider", "KeyAlgorithm", "KeyLength", "HashAlgorithm", "KeyExportPolicy", "KeyUsage", "TextExtension",
            "NotBefore", "NotAfter",
        ],
        ["New-Service"] = ["WhatIf", "Confirm", "Name", "BinaryPathName", "DisplayName", "Description", "StartupType", "DependsOn", "Credential"],
        ["Read-Host"] = ["Prompt", "AsSecureString"],
        ["Remove-Item"] = ["WhatIf", "Confirm", "LiteralPath", "Path", "DeleteKey"],
        ["Set-Acl"] = ["LiteralPath", "AclObject"],
        ["Set-StrictMode"] = ["Version"],
        ["Start-Service"] = ["WhatIf", "Confirm", "Name"],
        ["Start-Sleep"] = ["Seconds"],
        ["Stop-Service"] = ["WhatIf", "Confirm", "Name"],
        ["Test-Path"] = ["LiteralPath", "Path"],
        ["Unblock-File"] = ["WhatIf", "Confirm", "LiteralPath"],
        ["Where-Object"] = ["FilterScript"],
        ["Write-Information"] = ["MessageData"],
        ["Write-Verbose"] = ["Message"],
        ["Write-Warning"] = ["Message"],
    };

    /// <summary>Types that only .NET has, not the .NET Framework 4.7 or so of an older server, and members of that kind.</summary>
    public static readonly string[] OnlyInDotNet =
        ["GetRelativePath", "ToHexString", "ToHexStringLower", "HashData", "ReadAllTextAsync", "WriteAllTextAsync", "TrimEndingDirectorySeparator", "Join", "ResolveLinkTarget", "MemoryExtensions"];
}
