<#
.SYNOPSIS
Removes MimHybrid from this server.
.DESCRIPTION
Lets the agent finish its cycle and end; removes its task or service, the event source and the logon right if the installation had made or granted them,
and the program folder with what updates kept beside it. Data and settings are kept, in the data folder, unless -RemoveData is given. What is kept is told. Run again after a failure, it goes on where it ended.
.PARAMETER ProgramFolder
Where the program is installed.
.PARAMETER RemoveData
Removes the data folder as well: the store, the run log, the settings.
.PARAMETER EnableOldTask
Enables and starts the tasks of the old loop again that the installation had disabled.
.PARAMETER StopWait
How long the cycle in progress may take to end.
.EXAMPLE
.\Uninstall-MimHybrid.ps1

Asks once, then removes everything but data and settings.
.EXAMPLE
.\Uninstall-MimHybrid.ps1 -RemoveData -Confirm:$false

Removes everything without asking.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [string] $ProgramFolder = "$env:ProgramFiles\MimHybrid",
    [switch] $RemoveData,
    [switch] $EnableOldTask,
    [ValidateScript({ $_ -ge [timespan]::Zero -and $_ -le [timespan]::FromDays(1) })] [timespan] $StopWait = '00:30:00'
)

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw 'PowerShell runs in Constrained Language Mode here, by AppLocker or App Control, and this script cannot work in it. Whoever maintains that policy has to allow the scripts of MimHybrid, by their hashes or by a signature of yours (README.md, Policies). Nothing was changed.' }
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module ([IO.Path]::Combine($PSScriptRoot, 'MimHybrid.psm1')) -Force -Verbose:$false

Assert-Elevated
$ProgramFolder = Get-FullPath -Path $ProgramFolder
$common = Get-CommonParameter -Bound $PSBoundParameters
Assert-ProgramFolder -Path $ProgramFolder
if (-not (Undo-Unfinished -Folder (Get-UnfinishedFolder -ProgramFolder $ProgramFolder) @common)) { return }
if (-not (Undo-Unfinished -Folder (Get-UnfinishedFolder -ProgramFolder $ProgramFolder -Of 'app') @common)) { return }
$record = Assert-InstallRecord -ProgramFolder $ProgramFolder
Assert-FolderAbove -Path $record.DataFolder
$data = if ($RemoveData) { "the data in $($record.DataFolder) included" } else { "the data in $($record.DataFolder) kept" }
if (-not $PSCmdlet.ShouldProcess("$ProgramFolder, $data", 'Uninstall MimHybrid')) { return }

$common['Confirm'] = $false # asked once, above
$journal = Open-Journal -Folder (Get-WorkFolder) # only for starting the agent again if it does not end in time
try {
    try { Stop-Agent -ProgramFolder $ProgramFolder -Record $record -StopWait $StopWait -Journal $journal @common }
    catch {
        Undo-Journal -Journal $journal
        throw
    }
    Uninstall-AgentTask @common
    Uninstall-CheckTask @common
    Uninstall-AgentService @common
    if ($record.EventSource) { Unregister-EventSource @common }
    if ($record.GrantedRight) {
        Revoke-LogonRight -Right (Get-RunnerRight -RunAs $record.RunAs) -Sid $record.AccountSid -WorkFolder $journal.Folder @common
    }
    if ($EnableOldTask) { Resume-OldLoop -TaskName @(Get-DisabledOldTask -Record $record) @common }
    if ($RemoveData) { Remove-DataFolder -Path $record.DataFolder @common }
    else {
        Close-DataFolder -Path $record.DataFolder @common
        Copy-SettingsFile -From $ProgramFolder -To $record.DataFolder -AccountSid $record.AccountSid @common
    }
    Remove-OlderFolder -Parent ([IO.Path]::GetDirectoryName($ProgramFolder)) -Pattern "$([IO.Path]::GetFileName($ProgramFolder)).previous-*" @common
    # Moved first: while anything in it is open, Windows refuses that as a whole, and the note of the installation is still there for the next attempt.
    Remove-Folder -Path "$ProgramFolder.removing" @common # of an attempt before
    Move-Folder -From $ProgramFolder -To "$ProgramFolder.removing" @common
    Remove-Folder -Path "$ProgramFolder.removing" @common
}
finally {
    Close-Journal -Journal $journal -Done
}

Write-Kept -Record $record -RemovedData ([bool] $RemoveData) -EnabledOldTask ([bool] $EnableOldTask)
