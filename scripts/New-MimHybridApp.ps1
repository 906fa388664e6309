<#
.SYNOPSIS
Registers the application in Microsoft Entra that the agent signs in as, with a certificate; or renews the certificate.
.DESCRIPTION
Registers an application of this tenant with exactly the application permission User.Read.All (with -AllowMail also Mail.Send), makes a certificate in LocalMachine\My whose key cannot be exported
and can be used by the agent's account, uploads its public part and grants consent, or prints the link for somebody who may. You sign in by a code in a browser, on any computer; no PowerShell
module is needed. Run again, it does only what is missing. If a step fails, the new certificate is removed unless it is uploaded; if the power fails or the window is closed, the next run does that first.

Registering needs the role Cloud Application Administrator; granting needs Privileged Role Administrator or Global Administrator.
.PARAMETER TenantId
The tenant: its id, or one of its domains.
.PARAMETER Cloud
The Microsoft cloud of the tenant.
.PARAMETER Name
The name of the application; its certificate is CN=Name.
.PARAMETER Account
As whom the agent runs: this account gets the right to use the private key.
.PARAMETER ValidMonths
How long the certificate is valid.
.PARAMETER NoConsent
Does not grant consent; prints nothing of it either.
.PARAMETER AllowMail
Grants Mail.Send as well, for alerts by mail over Microsoft Graph: from every mailbox of the tenant, until Exchange Online limits it to one (README.md, Mail over Microsoft Graph).
.PARAMETER Renew
Makes a new certificate beside the old one. It becomes valid a quarter of an hour later, so that Entra knows it everywhere before the agent uses it; until the old one ends, both are good.
.PARAMETER RemoveExpired
Removes certificates that have ended from the application and from LocalMachine\My.
.PARAMETER ManagedIdentity
Makes no application: grants User.Read.All to the managed identity of this server (Azure Arc).
.PARAMETER MachineName
The name of the server in Azure Arc.
.PARAMETER PrincipalId
The object id of the managed identity, where its name is not enough.
.PARAMETER AccessToken
A token for Microsoft Graph with Application.ReadWrite.All and AppRoleAssignment.ReadWrite.All, for tenants that forbid sign-in by device code; Graph Explorer can give one.
.PARAMETER SignInClientId
The public application that you sign in with. Left out: Microsoft Graph Command Line Tools. A cloud that does not have it needs one of yours.
.PARAMETER Proxy
A proxy, for example http://proxy:8080; it is offered your own sign-in.
.PARAMETER ProgramFolder
Where the program is or will be installed. Beside it, where only administrators write, this script notes what it does until it has ended.
.OUTPUTS
One object that Install-MimHybrid.ps1 takes: tenant, application, cloud, certificate, account; and whether consent is granted.
.EXAMPLE
.\New-MimHybridApp.ps1 -TenantId contoso.com | .\Install-MimHybrid.ps1

Registers the application and installs the agent with it.
.EXAMPLE
.\New-MimHybridApp.ps1 -TenantId contoso.com | .\Install-MimHybrid.ps1 -WhatIf

Shows what both would do, and does nothing.
.EXAMPLE
.\New-MimHybridApp.ps1 -TenantId contoso.com -Renew

Makes the certificate for the next year. Later, -RemoveExpired tidies up.
.EXAMPLE
.\New-MimHybridApp.ps1 -TenantId contoso.com -ManagedIdentity | .\Install-MimHybrid.ps1

Lets the server's own identity read users, and installs the agent with it.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Register')]
param(
    [Parameter(Mandatory)] [string] $TenantId,
    [ValidateSet('Global', 'UsGovL4', 'UsGovL5', 'China')] [string] $Cloud = 'Global',
    [Parameter(ParameterSetName = 'Register')] [Parameter(ParameterSetName = 'Renew')] [Parameter(ParameterSetName = 'RemoveExpired')] [ValidatePattern('^[\w .-]+$')] [string] $Name = 'MimHybrid',
    [string] $Account = 'MIMSyncUser',
    [Parameter(ParameterSetName = 'Register')] [Parameter(ParameterSetName = 'Renew')] [ValidateRange(1, 24)] [int] $ValidMonths = 12,
    [Parameter(ParameterSetName = 'Register')] [Parameter(ParameterSetName = 'ManagedIdentity')] [switch] $NoConsent, [Parameter(ParameterSetName = 'Register')] [Parameter(ParameterSetName = 'ManagedIdentity')] [switch] $AllowMail,
    [Parameter(Mandatory, ParameterSetName = 'Renew')] [switch] $Renew,
    [Parameter(Mandatory, ParameterSetName = 'RemoveExpired')] [switch] $RemoveExpired,
    [Parameter(Mandatory, ParameterSetName = 'ManagedIdentity')] [switch] $ManagedIdentity,
    [Parameter(ParameterSetName = 'ManagedIdentity')] [string] $MachineName = $env:COMPUTERNAME,
    [Parameter(ParameterSetName = 'ManagedIdentity')] [string] $PrincipalId,
    [securestring] $AccessToken,
    [string] $SignInClientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    [string] $Proxy,
    [string] $ProgramFolder = "$env:ProgramFiles\MimHybrid"
)

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw 'PowerShell runs in Constrained Language Mode here, by AppLocker or App Control, and this script cannot work in it. Whoever maintains that policy has to allow the scripts of MimHybrid, by their hashes or by a signature of yours (README.md, Policies). Nothing was changed.' }
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module ([IO.Path]::Combine($PSScriptRoot, 'MimHybrid.psm1')) -Force -Verbose:$false

Assert-Elevated
$ProgramFolder = Get-FullPath -Path $ProgramFolder
Assert-ProgramFolder -Path $ProgramFolder
$unfinished = Get-UnfinishedFolder -ProgramFolder $ProgramFolder -Of 'app'
if (Test-WhatIfBehind -Invocation $MyInvocation) { $WhatIfPreference = $PSBoundParameters['WhatIf'] = $true }
$common = Get-CommonParameter -Bound $PSBoundParameters
if (-not (Undo-Unfinished -Folder $unfinished @common)) { return }
$who = Resolve-ServiceAccount -Name $Account
$given = @{ TenantId = $TenantId; Cloud = $Cloud; Account = $who.Name }
$deed = @{
    Register        = "Register the application '$Name' with $((Get-PermissionName -Mail $AllowMail) -join ' and '), make its certificate for $($who.Name), upload it, grant consent"
    Renew           = "Make a new certificate for '$Name' and $($who.Name), and add it to the application"
    RemoveExpired   = "Remove the ended certificates of '$Name'"
    ManagedIdentity = "Grant $((Get-PermissionName -Mail $AllowMail) -join ' and ') to the managed identity of $MachineName"
}[$PSCmdlet.ParameterSetName]
if (-not $PSCmdlet.ShouldProcess($TenantId, $deed)) { return $(if ($WhatIfPreference) { Get-WhatIfResult -Invocation $MyInvocation -Of $given }) }

# No more is asked of whoever signs in than this form needs.
$scope = @(if ($ManagedIdentity) { 'Application.Read.All' } else { 'Application.ReadWrite.All' }) + @(if (-not ($NoConsent -or $Renew -or $RemoveExpired)) { 'AppRoleAssignment.ReadWrite.All' })
$context = Connect-Entra -Cloud $Cloud -TenantId $TenantId -Scope $scope -SignInClientId $SignInClientId -AccessToken $AccessToken -Proxy $Proxy
$journal = Open-Journal -Folder $unfinished -Kept
$done = $false
try {
    if ($ManagedIdentity) {
        $result = Use-MachineIdentity -Context $context -MachineName $MachineName -PrincipalId $PrincipalId -Account $who -Consent (-not $NoConsent) -Mail $AllowMail
    }
    elseif ($RemoveExpired) { $result = Remove-ExpiredCertificate -Context $context -Name $Name -Confirm:$false }
    elseif ($Renew) { $result = Update-Certificate -Context $context -Name $Name -Account $who -ValidMonths $ValidMonths -Journal $journal -Confirm:$false }
    else { $result = Use-Application -Context $context -Name $Name -Account $who -ValidMonths $ValidMonths -Consent (-not $NoConsent) -Mail $AllowMail -Journal $journal }
    $done = $true
}
finally {
    if (-not $done) { Undo-Journal -Journal $journal }
    Close-Journal -Journal $journal -Done:$done
}
foreach ($name in $given.Keys) { $result[$name] = $given[$name] }
[pscustomobject] $result
