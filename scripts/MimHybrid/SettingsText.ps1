# What a settings file says: the tenant, the application, one credential; and whether one that was found is filled in, or holds a secret.

function Resolve-GraphSetting {
    <#
    .SYNOPSIS
    The tenant, the application and the credential as they were given; what is missing is asked for, and without a credential it is the certificate that New-MimHybridApp.ps1 makes.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [hashtable] $Given,
        [bool] $HasSecret,
        [bool] $Ask
    )

    $graph = $Given.Clone()
    $kinds = @('CertificateThumbprint', 'CertificateSubject', 'ManagedIdentity' | Where-Object { $graph[$_] }) + @($(if ($HasSecret) { 'ClientSecret' }))
    if ($kinds.Count -gt 1) { throw "$($kinds -join ' and ') were given; the agent signs in with exactly one of them. Nothing was changed." }
    if ($kinds.Count -eq 0) { $graph['CertificateSubject'] = 'CN=MimHybrid' }
    if (-not $Ask) { return $graph }

    if (-not $graph['TenantId']) { $graph['TenantId'] = Read-Host -Prompt 'Tenant (its id, or a domain like contoso.com)' }
    if (-not $graph['ClientId'] -and -not $graph['ManagedIdentity']) { $graph['ClientId'] = Read-Host -Prompt 'Application (client) id' }
    if (-not $graph['TenantId'] -or (-not $graph['ClientId'] -and -not $graph['ManagedIdentity'])) { throw 'Without the tenant and the application the agent cannot sign in. Nothing was changed.' }
    $graph
}

function Resolve-MailSetting {
    <#
    .SYNOPSIS
    Who is mailed to, over which server and as whom; asked for once, and nothing where nobody is to be.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [hashtable] $Given,
        [bool] $Ask
    )

    $mail = $Given.Clone()
    if ($Ask) {
        try { $mail['To'] = Read-Host -Prompt 'Mail address to tell of trouble (empty: the event log alone)' }
        catch { Write-Verbose 'Nobody can be asked here; whom to mail to can be set later.' }
    }
    if (-not $mail['To']) { return }
    if ($Ask -and -not $mail['Server']) { $mail['Server'] = Read-Host -Prompt 'Mail server that takes mails from this server (STARTTLS, port 587)' }
    if (-not $mail['Server']) { throw 'A mail address needs a mail server (-MailServer); without one only the event log tells. Nothing was changed.' }
    if (-not $mail['From']) { $mail['From'] = "mimhybrid@$($mail['To'].Split('@')[-1])" }
    foreach ($name in 'To', 'From') {
        if (-not [regex]::IsMatch($mail[$name], '^[^@\s]+@[^@\s]+$', 'CultureInvariant')) { throw "-Mail$name is no mail address; allowed is one, for example identity-team@contoso.com. Nothing was changed." }
    }
    $mail
}

function ConvertTo-SettingsText {
    <#
    .SYNOPSIS
    The settings file: the tenant, the application, exactly one credential, and whom to mail to; everything else has its default.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [hashtable] $Graph,
        [hashtable] $Mail,
        [securestring] $ClientSecret
    )

    $ordered = [ordered]@{}
    foreach ($name in 'Cloud', 'TenantId', 'ClientId', 'CertificateThumbprint', 'CertificateSubject', 'ManagedIdentity') {
        if ($Graph[$name]) { $ordered[$name] = $Graph[$name] }
    }
    if ($null -ne $ClientSecret) { $ordered['ClientSecret'] = [Net.NetworkCredential]::new('', $ClientSecret).Password }
    $settings = [ordered]@{ Graph = $ordered; SyncServer = [ordered]@{ Connection = 'Cim' } }
    if ($null -ne $Mail) { $settings['Alerts'] = [ordered]@{ Mail = [ordered]@{ Admins = [ordered]@{ Server = $Mail['Server']; From = $Mail['From']; To = @($Mail['To']) } } } }
    ConvertTo-Json -InputObject $settings -Depth 6
}

function Test-SettingsFilled {
    <#
    .SYNOPSIS
    Whether a settings file is there and names a tenant; the one that is shipped does not.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not [IO.File]::Exists($Path)) { return $false }
    Test-SettingsText -Path $Path -Pattern '"(Graph:)?TenantId"\s*:\s*"[^"]+"'
}

function Test-SettingsSecret {
    <#
    .SYNOPSIS
    Whether a settings file holds a secret, written in sections or flat ("Graph:ClientSecret"): a value whose name ends as those that 'mimhybrid config show' hides.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [string] $Path)

    Test-SettingsText -Path $Path -Pattern '"[\w:]*(Secret|Password|ConnectionString|Token|Key|Headers)"\s*:\s*"[^"]+"'
}

function Test-SettingsText {
    <#
    .SYNOPSIS
    Whether a settings file has a pattern in it. The agent reads names in any case, and a Turkish server's I is another letter to -match.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Pattern
    )

    [regex]::IsMatch([IO.File]::ReadAllText($Path), $Pattern, 'IgnoreCase, CultureInvariant')
}
