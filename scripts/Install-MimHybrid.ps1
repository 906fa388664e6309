<#
.SYNOPSIS
Installs MimHybrid on the server of MIM's synchronization service.
.DESCRIPTION
Copies the program, makes the data folder with its rights, registers the event source, gives the account the logon right that it needs, writes
appsettings.json if there is none, registers the scheduled task (or the Windows service), runs 'mimhybrid check', disables the task of the old
loop, and starts the agent. Nothing is added to Administrators. If a step fails, every step before it is undone; if the power fails, the next run undoes them first.

The check runs as the account, by a temporary task, so that what the account may do is shown now and not in the agent's first cycle. For a service, or
without the password, it runs as you, and says so.

Run again, it does only what is missing. The password is asked for, or taken as a credential; it is never written anywhere.
.PARAMETER TenantId
The tenant: its id, or one of its domains. Asked for if there are no settings yet.
.PARAMETER ClientId
The application (client) id. Asked for if there are no settings yet.
.PARAMETER Cloud
The Microsoft cloud of the tenant.
.PARAMETER CertificateThumbprint
Signs in with the certificate of this thumbprint in LocalMachine\My.
.PARAMETER CertificateSubject
Signs in with the newest valid certificate of this subject, so that a renewed one is found by itself. Without any credential given: CN=MimHybrid.
.PARAMETER ManagedIdentity
Signs in as this server's managed identity (Azure Arc).
.PARAMETER ClientSecret
Signs in with a client secret. It is written to appsettings.json, which then only administrators and the account can read. Prefer a certificate.
.PARAMETER Account
As whom the agent runs: a local account, DOMAIN\user, or a group managed service account DOMAIN\name$.
.PARAMETER Credential
That account with its password, for unattended installations. Asked for otherwise, but not where the task is there already: given then, the account is checked anew. Not needed for a managed account.
.PARAMETER RunAs
Task (a scheduled task, as the old loop had) or Service (a Windows service).
.PARAMETER BootDelay
How long after the start of Windows the task starts.
.PARAMETER MailTo
Whom to mail to when something needs a person. Asked for, once, where there are no settings yet and no credential was given; empty: nobody, the event log alone tells.
.PARAMETER MailServer
The mail server that takes the agent's mails, by STARTTLS on port 587; anything else is set in appsettings.json afterwards.
.PARAMETER MailFrom
As whom they are sent. Left out: mimhybrid, at the domain of -MailTo.
.PARAMETER OperatorsGroup
A group whose members may read the run log, force runs and approve removals.
.PARAMETER Source
The unzipped folder. Left out: the folder above this script.
.PARAMETER ProgramFolder
Where the program goes.
.PARAMETER DataFolder
Where the agent keeps its store.
.PARAMETER DisableOldTask
Disables the task of the old loop without asking: 'MIM Scheduled Sync', and any other that runs the same run profiles. -DisableOldTask:$false leaves it, and then the agent is not started.
.PARAMETER DiscoverNames
Where the check misses management agents or run profiles, lets the agent ask MIM for its names and write what fits into the settings, without asking; -DiscoverNames:$false does not offer it.
.PARAMETER AllowFailedCheck
Leaves everything installed, but not started, when the check finds something, for example while consent is still missing.
.PARAMETER CheckPatience
How long to try the check again while Entra or Graph refuses. New-MimHybridApp.ps1 asks for five minutes when it has just made something: Entra needs a while to know it everywhere.
.PARAMETER NoStart
Does not start the agent, and leaves its task disabled. Run again without -NoStart, it is started.
.INPUTS
What New-MimHybridApp.ps1 gives.
.OUTPUTS
One object: the folders, the account, how it runs, and whether it was started.
.EXAMPLE
.\New-MimHybridApp.ps1 -TenantId contoso.com | .\Install-MimHybrid.ps1

Registers the application, then installs the agent as MIMSyncUser, whose password it asks for.
.EXAMPLE
.\Install-MimHybrid.ps1 -TenantId contoso.com -ClientId 11111111-2222-3333-4444-555555555555 -Account 'CONTOSO\svc-mim$' -RunAs Service

Installs a Windows service under a group managed service account; no password is needed.
.EXAMPLE
.\Install-MimHybrid.ps1 -WhatIf

Shows what would be done and does nothing.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(ValueFromPipelineByPropertyName)] [string] $TenantId,
    [Parameter(ValueFromPipelineByPropertyName)] [string] $ClientId,
    [Parameter(ValueFromPipelineByPropertyName)] [ValidateSet('Global', 'UsGovL4', 'UsGovL5', 'China')] [string] $Cloud = 'Global',
    [Parameter(ValueFromPipelineByPropertyName)] [string] $CertificateThumbprint,
    [Parameter(ValueFromPipelineByPropertyName)] [string] $CertificateSubject,
    [Parameter(ValueFromPipelineByPropertyName)] [switch] $ManagedIdentity,
    [securestring] $ClientSecret,
    [Parameter(ValueFromPipelineByPropertyName)] [string] $Account = 'MIMSyncUser',
    [pscredential] $Credential,
    [ValidateSet('Task', 'Service')] [string] $RunAs = 'Task',
    [ValidateScript({ $_ -ge [timespan]::Zero -and $_ -le [timespan]::FromDays(1) })] [timespan] $BootDelay = '00:15:00',
    [string] $MailTo,
    [string] $MailServer,
    [string] $MailFrom,
    [string] $OperatorsGroup,
    [string] $Source,
    [string] $ProgramFolder = "$env:ProgramFiles\MimHybrid",
    [string] $DataFolder = "$env:ProgramData\MimHybrid",
    [switch] $DisableOldTask,
    [switch] $DiscoverNames,
    [switch] $AllowFailedCheck,
    [Parameter(ValueFromPipelineByPropertyName)] [ValidateScript({ $_ -ge [timespan]::Zero -and $_ -le [timespan]::FromHours(1) })] [timespan] $CheckPatience = '00:00:00',
    [switch] $NoStart
)

begin {
    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw 'PowerShell runs in Constrained Language Mode here, by AppLocker or App Control, and this script cannot work in it. Whoever maintains that policy has to allow the scripts of MimHybrid, by their hashes or by a signature of yours (README.md, Policies). Nothing was changed.' }
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    # What was not said is asked.
    $mayEnd = if ($PSBoundParameters.ContainsKey('DisableOldTask')) { [bool] $DisableOldTask }
    $mayDiscover = if ($PSBoundParameters.ContainsKey('DiscoverNames')) { [bool] $DiscoverNames }
    Import-Module ([IO.Path]::Combine($PSScriptRoot, 'MimHybrid.psm1')) -Force -Verbose:$false
}

process {
    # First everything that can be refused or asked for, while nothing has been changed.
    Assert-Elevated
    if ($null -ne $_ -and $null -ne $_.PSObject.Properties['WhatIf']) { $WhatIfPreference = $PSBoundParameters['WhatIf'] = $true } # New-MimHybridApp.ps1 was told so
    $common = Get-CommonParameter -Bound $PSBoundParameters
    $ProgramFolder = Get-FullPath -Path $ProgramFolder
    $DataFolder = Get-FullPath -Path $DataFolder
    Assert-ProgramFolder -Path $ProgramFolder
    if (-not (Undo-Unfinished -Folder (Get-UnfinishedFolder -ProgramFolder $ProgramFolder) @common)) { return }
    $Source = Get-FullPath -Path $(if ($Source) { $Source } else { [IO.Path]::GetDirectoryName($PSScriptRoot) })
    $archive = Read-Source -Folder $Source
    $who = Resolve-ServiceAccount -Name $Account
    $record = Read-InstallRecord -ProgramFolder $ProgramFolder
    Assert-SameInstallation -Record $record -Wanted @{ RunAs = $RunAs; AccountSid = $who.Sid; DataFolder = $DataFolder; BootDelay = $BootDelay.ToString('c') }
    Assert-Runner -Record $record
    $operators = @(Resolve-Operator -Group $OperatorsGroup -Record $record)
    Assert-DataFolder -Path $DataFolder -Sid (@($who.Sid) + $operators) -AnyOwner:($operators.Count -gt 0)
    $settings = Find-SettingsFile -ProgramFolder $ProgramFolder -DataFolder $DataFolder -Source $Source
    $given = @{ Cloud = $Cloud; TenantId = $TenantId; ClientId = $ClientId; CertificateThumbprint = $CertificateThumbprint; CertificateSubject = $CertificateSubject; ManagedIdentity = [bool] $ManagedIdentity }
    $graph = Resolve-GraphSetting -Given $given -HasSecret ($null -ne $ClientSecret) -Ask (-not $settings -and -not $WhatIfPreference)
    $asksMail = -not ($settings -or $WhatIfPreference -or $PSBoundParameters.ContainsKey('MailTo') -or $null -ne $Credential)
    $mail = Resolve-MailSetting -Given @{ To = $MailTo; Server = $MailServer; From = $MailFrom } -Ask $asksMail
    Assert-Policy -RunAs $RunAs -Account $who
    $isNew = -not (Test-RunnerInstalled -RunAs $RunAs)
    if (-not $WhatIfPreference -and ($isNew -or $null -ne $Credential)) { $Credential = Resolve-Password -Account $who -Credential $Credential }
    $oldTasks = @(Get-OldTask -Settings $settings)
    $replace = Request-OldTaskEnd -TaskName $oldTasks -DisableOldTask $mayEnd @common

    $journal = if ($WhatIfPreference) { Open-Journal -Folder (Get-WorkFolder) } else { Open-Journal -Folder (Get-UnfinishedFolder -ProgramFolder $ProgramFolder) -Kept }
    $done = $false
    try {
        Install-Program -Source $archive -To $ProgramFolder -AccountSid $who.Sid -Journal $journal @common
        Save-SettingsFile -ProgramFolder $ProgramFolder -AccountSid $who.Sid -Found $settings -Graph $graph -Mail $mail -ClientSecret $ClientSecret -Journal $journal @common # before the account can change those that were kept
        Initialize-DataFolder -Path $DataFolder -Sid (@($who.Sid) + $operators) -Journal $journal @common
        $madeSource = Register-EventSource -Journal $journal @common
        $gaveRight = Grant-LogonRight -Right (Get-RunnerRight -RunAs $RunAs) -Account $who -Journal $journal @common
        $runner = @{ ProgramFolder = $ProgramFolder; DataFolder = $DataFolder; Account = $who; Credential = $Credential; Journal = $journal }
        if ($RunAs -eq 'Task') { Install-AgentTask @runner -BootDelay $BootDelay @common } else { Install-AgentService @runner @common }

        $good = Invoke-NamedCheck -Check ($runner + @{ RunAs = $RunAs; IsNew = $isNew; Patience = $CheckPatience; Common = $common }) -DiscoverNames $mayDiscover
        $known, $oldTasks = $oldTasks, @(Get-OldTask -Settings (Get-SettingsPath -ProgramFolder $ProgramFolder)) # by the names that were found, too
        if ($oldTasks.Count -gt $known.Count) { $replace = Request-OldTaskEnd -TaskName $oldTasks -DisableOldTask $mayEnd @common }
        if (-not $good -and -not $AllowFailedCheck) { throw (Get-CheckAdvice -ProgramFolder $ProgramFolder) }
        $ended = @(if ($good -and $replace) { $oldTasks })
        $installed = [ordered]@{ RunAs = $RunAs; Account = $who.Name; AccountSid = $who.Sid; DataFolder = $DataFolder; BootDelay = $BootDelay.ToString('c') }
        $installed += [ordered]@{ OperatorsSid = "$operators"; GrantedRight = $gaveRight; EventSource = $madeSource; OldTasks = $ended }
        Save-InstallRecord -ProgramFolder $ProgramFolder -Installed $installed -Journal $journal @common
        foreach ($old in $ended) { Disable-OldTask -TaskName $old -Journal $journal -Credential $Credential @common } # last, for no loop runs from here until the agent does
        Complete-Journal -Journal $journal
        if ($good -and -not $NoStart -and $ended.Count -eq $oldTasks.Count) { Start-Agent -RunAs $RunAs -Journal $journal @common }
        elseif (-not (Test-AgentRunning -RunAs $RunAs)) { Suspend-Agent -RunAs $RunAs -Journal $journal @common }
        $done = $true
    }
    finally {
        if (-not $done) { Undo-Journal -Journal $journal } # here and not in a catch, so that Ctrl+C is undone as well
        Close-Journal -Journal $journal -Done:$done
    }
    Remove-KeptSettingsFile -Found $settings -DataFolder $DataFolder -ProgramFolder $ProgramFolder @common
    [pscustomobject]@{ ProgramFolder = $ProgramFolder; DataFolder = $DataFolder; Account = $who.Name; RunAs = $RunAs; Running = (Test-AgentRunning -RunAs $RunAs) }
}
