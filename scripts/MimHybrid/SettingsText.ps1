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

function ConvertTo-SettingsText {
    <#
    .SYNOPSIS
    The settings file: the tenant, the application and exactly one credential; everything else has its default.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [hashtable] $Graph,
        [securestring] $ClientSecret
    )

    $ordered = [ordered]@{}
    foreach ($name in 'Cloud', 'TenantId', 'ClientId', 'CertificateThumbprint', 'CertificateSubject', 'ManagedIdentity') {
        if ($Graph[$name]) { $ordered[$name] = $Graph[$name] }
    }
    if ($null -ne $ClientSecret) { $ordered['ClientSecret'] = [Net.NetworkCredential]::new('', $ClientSecret).Password }
    ConvertTo-Json -InputObject ([ordered]@{ Graph = $ordered; SyncServer = [ordered]@{ Connection = 'Cim' } }) -Depth 4
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
