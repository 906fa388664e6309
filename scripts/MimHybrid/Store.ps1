# The agent's store, copied before an update and put back when the update goes back. The copy stays in the data folder: guests' names are in it, and only there are its rights right.

function Get-StoreFile {
    <#
    .SYNOPSIS
    The files of the store in a folder: agent.db and what SQLite keeps beside it. A link is refused, since the agent's account could make it point anywhere.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $Folder)

    if (-not [IO.Directory]::Exists($Folder)) { return }
    foreach ($path in [IO.Directory]::GetFiles($Folder, 'agent.db*')) {
        if ([IO.File]::GetAttributes($path).HasFlag([IO.FileAttributes]::ReparsePoint)) { throw "$path is a link. The store is never one; look at who made it." }
        $path
    }
}

function Backup-Store {
    <#
    .SYNOPSIS
    Copies the store of an agent that has ended.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] [string] $Stamp,
        [Parameter(Mandatory)] $Journal
    )

    if (@(Get-StoreFile -Folder $DataFolder).Count -eq 0 -or -not $PSCmdlet.ShouldProcess($DataFolder, 'Copy the store')) { return }
    $copy = [IO.Path]::Combine($DataFolder, "before-update-$Stamp")
    Add-Undo -Journal $Journal -Say "removed the copy $copy" -Command 'Remove-Folder' -With @{ Path = $copy }
    $null = [IO.Directory]::CreateDirectory($copy)
    foreach ($path in @(Get-StoreFile -Folder $DataFolder)) { [IO.File]::Copy($path, [IO.Path]::Combine($copy, [IO.Path]::GetFileName($path)), $false) }
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

    foreach ($path in @(Get-StoreFile -Folder $DataFolder)) { [IO.File]::Delete($path) }
    foreach ($path in @(Get-StoreFile -Folder $Copy)) { [IO.File]::Copy($path, [IO.Path]::Combine($DataFolder, [IO.Path]::GetFileName($path)), $false) }
}

function Remove-OlderFolder {
    <#
    .SYNOPSIS
    Removes the folders that earlier updates kept, but for the one named.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Parent,
        [Parameter(Mandatory)] [string] $Pattern,
        [AllowEmptyString()] [string] $Keep = ''
    )

    if (-not [IO.Directory]::Exists($Parent)) { return }
    foreach ($folder in @([IO.Directory]::GetDirectories($Parent, $Pattern) | Where-Object { $_ -ne $Keep })) {
        if ($PSCmdlet.ShouldProcess($folder, 'Remove what an earlier update kept')) { [IO.Directory]::Delete($folder, $true) }
    }
}
