# The agent's store, copied before an update and put back when the update goes back. The copy stays in the data folder, because guests' names are in it; but only administrators
# open it: the agent's account could put a link in its place otherwise, and what is put back is believed.

function Get-StoreFile {
    <#
    .SYNOPSIS
    The files of the store in a folder: agent.db and what SQLite keeps beside it. A link is refused, since the agent's account could make it point anywhere; so is a file of two names.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $Folder)

    foreach ($name in 'agent.db', 'agent.db-wal', 'agent.db-shm', 'agent.db-journal') {
        $path = [IO.Path]::Combine($Folder, $name)
        if (-not [IO.File]::Exists($path) -and -not (Test-Link -Path $path)) { continue }
        Assert-OneName -Path $path
        $path
    }
}

function Backup-Store {
    <#
    .SYNOPSIS
    Copies the store of an agent that has ended, into a new folder that only administrators can open.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] [string] $Stamp,
        [Parameter(Mandatory)] $Journal
    )

    Assert-NoLink -Path $DataFolder
    if (@(Get-StoreFile -Folder $DataFolder).Count -eq 0 -or -not $PSCmdlet.ShouldProcess($DataFolder, 'Copy the store')) { return }
    $copy = [IO.Path]::Combine($DataFolder, "before-update-$Stamp")
    if ([IO.Directory]::Exists($copy) -or (Test-Link -Path $copy)) { throw "$copy is there already, and was to be made now. Look at who made it, and delete it." }
    Add-Undo -Journal $Journal -Say "removed the copy $copy" -Command 'Remove-ClosedFolder' -With @{ Path = $copy }
    New-OwnFolder -Path $copy -Rule (Get-AdministratorRule) -Confirm:$false
    Copy-Store -From $DataFolder -To $copy
    Add-Undo -Journal $Journal -Say 'put the store back as it was' -Command 'Restore-Store' -With @{ DataFolder = $DataFolder; Copy = $copy }
}

function Restore-Store {
    <#
    .SYNOPSIS
    Puts the store back as it was copied; what the newer version wrote since then, the older one will read from Graph and MIM again.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] [string] $Copy
    )

    Assert-NoLink -Path $Copy
    $wrong = @(Find-Intruder -Path $Copy)
    if ($wrong.Count -gt 0) { throw "The copy of the store in $Copy may not be the one that was made: $($wrong -join '; ')." }
    foreach ($path in @(Get-StoreFile -Folder $DataFolder)) { [IO.File]::Delete($path) }
    Copy-Store -From $Copy -To $DataFolder
}

function Copy-Store {
    <#
    .SYNOPSIS
    Copies the files of a store to a folder where they are not.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $From,
        [Parameter(Mandatory)] [string] $To
    )

    foreach ($path in @(Get-StoreFile -Folder $From)) {
        $target = [IO.Path]::Combine($To, [IO.Path]::GetFileName($path))
        Assert-NoLink -Path $target
        [IO.File]::Copy($path, $target, $false)
    }
}

function Remove-OlderFolder {
    <#
    .SYNOPSIS
    Removes the folders that earlier updates kept, but for the one named, and but for what somebody else can have put there.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Parent,
        [Parameter(Mandatory)] [string] $Pattern,
        [AllowEmptyString()] [string] $Keep = ''
    )

    if (-not [IO.Directory]::Exists($Parent)) { return }
    foreach ($folder in @([IO.Directory]::GetDirectories($Parent, $Pattern) | Where-Object { $_ -ne $Keep })) {
        if ($PSCmdlet.ShouldProcess($folder, 'Remove what an earlier update kept')) { Remove-ClosedFolder -Path $folder -Confirm:$false }
    }
}
