<#
.SYNOPSIS
Changes an installed MimHybrid to the version in an unzipped folder.
.DESCRIPTION
Lets the agent finish its cycle and end, copies its store, sets the old program folder aside, copies the new program with the old settings, starts the agent, which
brings its store up to date, and runs 'mimhybrid check'. If a step or the check fails, the old program and the old store are put back, and the agent
is started again; if the power fails in the midst, the next run puts them back. An agent that did not run before is not started.
.PARAMETER Source
The unzipped folder of the new version. Left out: the folder above this script.
.PARAMETER ProgramFolder
Where the program is installed.
.PARAMETER StopWait
How long the cycle in progress may take to end.
.OUTPUTS
One object: the folders, where the old program is kept, and whether the agent runs.
.EXAMPLE
.\Update-MimHybrid.ps1

Updates to the version that this script came with.
.EXAMPLE
.\Update-MimHybrid.ps1 -StopWait 02:00:00 -Verbose

Waits up to two hours for a long cycle, and shows every command.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Source,
    [string] $ProgramFolder = "$env:ProgramFiles\MimHybrid",
    [ValidateScript({ $_ -ge [timespan]::Zero -and $_ -le [timespan]::FromDays(1) })] [timespan] $StopWait = '00:30:00'
)

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw 'PowerShell runs in Constrained Language Mode here, by AppLocker or App Control, and this script cannot work in it. Whoever maintains that policy has to allow the scripts of MimHybrid, by their hashes or by a signature of yours (README.md, Policies). Nothing was changed.' }
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module ([IO.Path]::Combine($PSScriptRoot, 'MimHybrid.psm1')) -Force -Verbose:$false

Assert-Elevated
$common = Get-CommonParameter -Bound $PSBoundParameters
$Source = Get-FullPath -Path $(if ($Source) { $Source } else { [IO.Path]::GetDirectoryName($PSScriptRoot) })
$ProgramFolder = Get-FullPath -Path $ProgramFolder
Assert-ProgramFolder -Path $ProgramFolder
if (-not (Undo-Unfinished -Folder (Get-UnfinishedFolder -ProgramFolder $ProgramFolder) @common)) { return }
$record = Assert-InstallRecord -ProgramFolder $ProgramFolder
Assert-FolderAbove -Path $record.DataFolder
$archive = Read-Source -Folder $Source
if (Test-SameProgram -Source $archive -Folder $ProgramFolder) {
    Write-Report "The program in $ProgramFolder is this version already. Nothing was changed."
    return
}

$stamp = [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss', [Globalization.CultureInfo]::InvariantCulture)
$previous = "$ProgramFolder.previous-$stamp"
$ran = Test-AgentRunning -RunAs $record.RunAs
$wasEnabled = Test-AgentEnabled -RunAs $record.RunAs
$journal = if ($WhatIfPreference) { Open-Journal -Folder (Get-WorkFolder) } else { Open-Journal -Folder (Get-UnfinishedFolder -ProgramFolder $ProgramFolder) -Kept }
$done = $false
try {
    Stop-Agent -ProgramFolder $ProgramFolder -Record $record -StopWait $StopWait -Journal $journal @common
    Backup-Store -DataFolder $record.DataFolder -Stamp $stamp -Journal $journal @common
    Switch-Program -Source $archive -To $ProgramFolder -Previous $previous -AccountSid $record.AccountSid -Journal $journal @common
    if ($ran) { Start-Agent -RunAs $record.RunAs -Journal $journal @common }
    elseif ($wasEnabled) { Resume-Runner -RunAs $record.RunAs -Journal $journal @common }
    Complete-Journal -Journal $journal
    if (-not (Invoke-AgentCheck -ProgramFolder $ProgramFolder -DataFolder $record.DataFolder @common)) {
        throw "'mimhybrid check' of the new version found something; the lines 'failed' above say what."
    }
    $done = $true
}
finally {
    if (-not $done) { Undo-Journal -Journal $journal } # here and not in a catch, so that Ctrl+C is undone as well
    Close-Journal -Journal $journal -Done:$done
}

# Only now, since it cannot be undone: what the update before this one kept.
Remove-OlderFolder -Parent ([IO.Path]::GetDirectoryName($ProgramFolder)) -Pattern "$([IO.Path]::GetFileName($ProgramFolder)).previous-*" -Keep $previous @common
Remove-OlderFolder -Parent $record.DataFolder -Pattern 'before-update-*' -Keep ([IO.Path]::Combine($record.DataFolder, "before-update-$stamp")) @common
[pscustomobject]@{ ProgramFolder = $ProgramFolder; Previous = $previous; DataFolder = $record.DataFolder; Running = (Test-AgentRunning -RunAs $record.RunAs) }
