# The certificate that the agent signs in with.

$script:CertificateStore = 'Cert:\LocalMachine\My'
# The public parts of what this run has removed here, because a run before it was cut off: the application may have them, and nobody has their keys.
$script:RemovedKey = @()

function Find-AgentCertificate {
    <#
    .SYNOPSIS
    The certificates of a subject in this server's store.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Subject)

    Get-ChildItem -LiteralPath $script:CertificateStore | Where-Object { $_.Subject -eq $Subject -and $_.HasPrivateKey }
}

function Add-AgentCertificate {
    <#
    .SYNOPSIS
    Makes a certificate whose private key cannot be exported, and lets the agent's account use it.
    .DESCRIPTION
    The key is in the Software Key Storage Provider, because Azure.Identity signs with RSA-PSS, which the older providers cannot do. Beside the account, the system and
    administrators can read the key file: without that nobody could check, renew or remove it, and an administrator could take that right anyway. Nobody else can. Parameters: learn.microsoft.com/powershell/module/pki/new-selfsignedcertificate.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Subject,
        [Parameter(Mandatory)] $Account,
        [Parameter(Mandatory)] [datetime] $NotBefore,
        [Parameter(Mandatory)] [int] $ValidMonths,
        [Parameter(Mandatory)] $Journal
    )

    if (-not $PSCmdlet.ShouldProcess($Subject, "Make a certificate in $script:CertificateStore")) { return }
    # A name of its own, so that it can be found if it is made and this run goes no further: its thumbprint nobody knows beforehand.
    $friendly = "MimHybrid signs in to Microsoft Entra, made $([DateTime]::UtcNow.ToString('yyyy-MM-dd HH:mm:ss.fff', [Globalization.CultureInfo]::InvariantCulture)) UTC"
    $wanted = @{
        Type              = 'Custom'
        Subject           = $Subject
        FriendlyName      = $friendly
        CertStoreLocation = $script:CertificateStore
        Provider          = 'Microsoft Software Key Storage Provider'
        KeyAlgorithm      = 'RSA'
        KeyLength         = 3072
        HashAlgorithm     = 'SHA256'
        KeyExportPolicy   = 'NonExportable'
        KeyUsage          = 'DigitalSignature'
        TextExtension     = @('2.5.29.37={text}1.3.6.1.5.5.7.3.2') # extended key usage: client authentication
        NotBefore         = $NotBefore
        NotAfter          = $NotBefore.AddMonths($ValidMonths)
    }
    Add-Undo -Journal $Journal -Say "removed the certificate $Subject that was made" -Command 'Remove-MadeCertificate' -With @{ Subject = $Subject; FriendlyName = $friendly }
    $thumbprint = (New-SelfSignedCertificate @wanted -Confirm:$false).Thumbprint

    # Read again from the store: PowerShell 7 may run that command in Windows PowerShell and then gives a copy without a key.
    $certificate = Get-Item -LiteralPath "$script:CertificateStore\$thumbprint"
    Write-Report "Made the certificate $Subject ($thumbprint), valid until $($certificate.NotAfter.ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture))."
    Grant-PrivateKey -Certificate $certificate -Account $Account -Confirm:$false
    $certificate
}

function Get-KeyFile {
    <#
    .SYNOPSIS
    Where Windows keeps a key of this computer, by CNG or by the older providers: learn.microsoft.com/windows/win32/seccng/key-storage-and-retrieval.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [AllowNull()] $Key,
        [Parameter(Mandatory)] [string] $Of,
        [string] $ProgramData = $env:ProgramData
    )

    $kind, $name = $null, $null
    if ($null -ne $Key -and $Key.PSObject.Properties['Key']) { $kind, $name = 'Keys', $Key.Key.UniqueName }
    elseif ($null -ne $Key -and $Key.PSObject.Properties['CspKeyContainerInfo']) { $kind, $name = [IO.Path]::Combine('RSA', 'MachineKeys'), $Key.CspKeyContainerInfo.UniqueKeyContainerName }
    if (-not $name) { throw "The certificate $Of has no RSA key in a file of this computer, so nobody can be given a right to it. Remove that certificate, and run this again: it makes one." }
    [IO.Path]::Combine($ProgramData, 'Microsoft', 'Crypto', $kind, $name)
}

function Grant-PrivateKey {
    <#
    .SYNOPSIS
    Lets one account use a private key, beside the system and administrators, and nobody else; nothing when it is so already.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] $Certificate,
        [Parameter(Mandatory)] $Account
    )

    $key = Get-PrivateKeyPath -Certificate $Certificate
    $list = Get-PathRight -Path $key
    $rule = Get-FileRule -Sid $Account.Sid
    if ($list.Protected -and (Test-SameRight -Left $list.All -Right $rule)) { return }
    if (-not $PSCmdlet.ShouldProcess($Account.Name, "Let it use the key of $($Certificate.Subject)")) { return }
    Set-OwnRight -Path $key -Rule $rule -KeepOwner -Confirm:$false
    Write-Report "$($Account.Name) may use the key of $($Certificate.Subject)."
}

function Remove-AgentCertificate {
    <#
    .SYNOPSIS
    Removes a certificate and its key.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Thumbprint)

    if ($PSCmdlet.ShouldProcess($Thumbprint, 'Remove the certificate and its key')) { Remove-Item -LiteralPath "$script:CertificateStore\$Thumbprint" -DeleteKey -Confirm:$false }
}

function Remove-MadeCertificate {
    <#
    .SYNOPSIS
    Removes the certificate that a run made and marked with a name of its own, if it is there.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Subject,
        [Parameter(Mandatory)] [string] $FriendlyName
    )

    $made = @(Find-AgentCertificate -Subject $Subject | Where-Object { $_.FriendlyName -eq $FriendlyName })
    if ($made.Count -eq 0 -or -not $PSCmdlet.ShouldProcess($Subject, 'Remove the certificate that was made')) { return }
    $script:RemovedKey += @($made | ForEach-Object { [Convert]::ToBase64String($_.RawData) })
    foreach ($certificate in $made) { Remove-AgentCertificate -Thumbprint $certificate.Thumbprint -Confirm:$false }
}
