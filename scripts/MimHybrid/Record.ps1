# install.json in the program folder: what was installed and what was granted for it. Only administrators can write there, so that what
# Update and Uninstall do is never decided by the agent's own account.

function Read-InstallRecord {
    <#
    .SYNOPSIS
    What an installation noted, or nothing.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $ProgramFolder)

    $path = [IO.Path]::Combine($ProgramFolder, $script:RecordFile)
    if ([IO.File]::Exists($path)) { ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path)) }
}

function Assert-InstallRecord {
    <#
    .SYNOPSIS
    What an installation noted; stops when there is none.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $ProgramFolder)

    $record = Read-InstallRecord -ProgramFolder $ProgramFolder
    if ($null -eq $record) { throw "MimHybrid was not installed in $ProgramFolder by Install-MimHybrid.ps1: there is no $script:RecordFile. Name the folder with -ProgramFolder. Nothing was changed." }
    $record
}

function Assert-SameInstallation {
    <#
    .SYNOPSIS
    Stops an installation over one that runs otherwise: a task cannot be put back without its password, so nothing is replaced half-way.
    #>
    [CmdletBinding()]
    param(
        $Record,
        [Parameter(Mandatory)] [hashtable] $Wanted
    )

    if ($null -eq $Record) { return }
    $other = @($Wanted.Keys | Where-Object { $Record.$_ -ne $Wanted[$_] } | ForEach-Object { "$_ is '$($Record.$_)', asked for was '$($Wanted[$_])'" })
    if ($other.Count -gt 0) {
        throw "MimHybrid is installed otherwise: $($other -join '; '). To change it, run Uninstall-MimHybrid.ps1, which keeps data and settings, and install again. Nothing was changed."
    }
}

function Get-DisabledOldTask {
    <#
    .SYNOPSIS
    The tasks of the old loop that an installation noted as disabled by it. Before they were found by what they run, it noted only whether the one of the guide's name was.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] $Record)

    if ($null -ne $Record.PSObject.Properties['OldTasks']) { return @($Record.OldTasks) }
    if ($Record.OldTaskDisabled) { $script:OldTask }
}

function Save-InstallRecord {
    <#
    .SYNOPSIS
    Notes what was installed; a note that says the same already stays. What was granted once stays noted.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [System.Collections.IDictionary] $Installed,
        [Parameter(Mandatory)] $Journal
    )

    $path = [IO.Path]::Combine($ProgramFolder, $script:RecordFile)
    $before = if ([IO.File]::Exists($path)) { [IO.File]::ReadAllText($path) } else { '' }
    if ($before) {
        $earlier = ConvertFrom-Json -InputObject $before
        foreach ($granted in 'GrantedRight', 'EventSource') { $Installed[$granted] = $Installed[$granted] -or $earlier.$granted }
        $Installed['OldTasks'] = @(@(Get-DisabledOldTask -Record $earlier) + @($Installed['OldTasks'] | Where-Object { @(Get-DisabledOldTask -Record $earlier) -notcontains $_ }))
    }
    $text = ConvertTo-Json -InputObject $Installed
    if ($text -eq $before -or -not $PSCmdlet.ShouldProcess($path, 'Note what was installed')) { return }
    Add-Undo -Journal $Journal -Say "put $path back" -Command 'Restore-InstallRecord' -With @{ Path = $path; Text = $before }
    [IO.File]::WriteAllText($path, $text)
}

function Restore-InstallRecord {
    <#
    .SYNOPSIS
    Puts a note back as it was; an empty one means that there was none.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Text
    )

    if ($Text) { [IO.File]::WriteAllText($Path, $Text) } elseif ([IO.File]::Exists($Path)) { [IO.File]::Delete($Path) }
}

function Write-Kept {
    <#
    .SYNOPSIS
    Says what an uninstallation leaves, and what to do about it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Record,
        [Parameter(Mandatory)] [bool] $RemovedData,
        [Parameter(Mandatory)] [bool] $EnabledOldTask
    )

    Write-Report 'MimHybrid is removed.'
    if (-not $RemovedData) { Write-Report "Kept: the data and the settings in $($Record.DataFolder). Installing again picks them up. Only administrators can open that folder now." }
    $kept = [IO.Path]::Combine($Record.DataFolder, $script:SettingsFile)
    if ([IO.File]::Exists($kept) -and (Test-SettingsSecret -Path $kept)) { Write-Warning "The settings in $kept hold a secret. If nothing is installed here again, delete that file, and the secret in Entra." }
    if (-not $Record.GrantedRight) { Write-Report "Kept: the logon right of $($Record.Account), which it had before." }
    foreach ($old in @(Get-DisabledOldTask -Record $Record)) {
        if (-not $EnabledOldTask) { Write-Report "Kept as it is: the task '$old', disabled. schtasks /Change /TN `"$old`" /ENABLE brings the old loop back, and schtasks /Run /TN `"$old`" starts it." }
    }
    Write-Report 'Kept: the account, the certificate in LocalMachine\My and the application in Entra. New-MimHybridApp.ps1 made those; delete them by hand when nothing else uses them.'
}
