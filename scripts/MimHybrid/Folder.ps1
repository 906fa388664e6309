# Folders: their names, that none of them is a link, moved and removed.

function Get-FullPath {
    <#
    .SYNOPSIS
    A path as Windows' programs need it: whole, and without a backslash at the end, which would swallow a closing quote. A whole drive is refused.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path)

    $full = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
    if (-not [IO.Path]::GetDirectoryName($full)) { throw "$full is a whole drive. Name a folder of its own on it. Nothing was changed." }
    $full.TrimEnd('\', '/')
}

function Test-Link {
    <#
    .SYNOPSIS
    Whether a file or folder is a link, a junction or a mount point; what is not there is none.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [string] $Path)

    try { [IO.File]::GetAttributes($Path).HasFlag([IO.FileAttributes]::ReparsePoint) }
    catch [IO.FileNotFoundException], [IO.DirectoryNotFoundException] { $false }
}

function Assert-NoLink {
    <#
    .SYNOPSIS
    Stops, right before something is done to a file or folder, where it or a folder above it is a link: the deed would be done to another one.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    for ($at = $Path; $at; $at = [IO.Path]::GetDirectoryName($at)) {
        if (Test-Link -Path $at) { throw "$at is a link or a mount point, and leads elsewhere: whatever is done to $Path would be done there. Look at who made it, or name the folder that is meant itself." }
    }
}

function Assert-OneName {
    <#
    .SYNOPSIS
    Stops where a file that somebody else could put there is a link, or has a second name elsewhere: what is read of it, or what rights it gets with its folder, would be another file's.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    if (Test-Link -Path $Path) { throw "$Path is a link, which neither the agent nor a script makes. Look at who made it, and delete it." }
    $names = Invoke-Native -Tool 'fsutil.exe' -Argument 'hardlink', 'list', $Path -Allowed 0, 1 # 1: a file system without them
    if ($names.Code -eq 0 -and @($names.Lines | Where-Object { $_.Trim() }).Count -gt 1) { throw "$Path is one file under two names ($($names.Lines -join ', ')), which neither the agent nor a script makes. Look at who made it, and delete it here." }
}

function Remove-Folder {
    <#
    .SYNOPSIS
    Removes a folder and all that is in it, if it is there. Something may hold a file in it for a moment, so it is tried for 20 seconds.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not [IO.Directory]::Exists($Path) -or -not $PSCmdlet.ShouldProcess($Path, 'Remove the folder')) { return }
    Invoke-Patiently -Failure "$Path cannot be removed" -Deed {
        Assert-NoLink -Path $Path
        if ([IO.Directory]::Exists($Path)) { [IO.Directory]::Delete($Path, $true) }
    }
}

function Remove-EmptyFolder {
    <#
    .SYNOPSIS
    Removes a folder if it is there, is no link and has nothing in it.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not [IO.Directory]::Exists($Path) -or (Test-Link -Path $Path) -or @([IO.Directory]::GetFileSystemEntries($Path)).Count -gt 0) { return }
    if ($PSCmdlet.ShouldProcess($Path, 'Remove the empty folder')) { [IO.Directory]::Delete($Path) }
}

function Move-Folder {
    <#
    .SYNOPSIS
    Gives a folder another name; nothing when it is not there. Something may hold a file in it for a moment, so it is tried for 20 seconds.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $From,
        [Parameter(Mandatory)] [string] $To
    )

    if (-not [IO.Directory]::Exists($From) -or -not $PSCmdlet.ShouldProcess($From, "Move to $To")) { return }
    Invoke-Patiently -Failure "$From cannot be moved" -Deed {
        Assert-NoLink -Path $From
        Assert-NoLink -Path $To
        [IO.Directory]::Move($From, $To)
    }
}

function Invoke-Patiently {
    <#
    .SYNOPSIS
    Does what a program that has just ended, or a virus scanner, may stand in the way of for a moment: tries it for 20 seconds.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Failure,
        [Parameter(Mandatory)] [scriptblock] $Deed
    )

    for ($attempt = 1; ; $attempt++) {
        try { return & $Deed }
        catch [IO.IOException], [UnauthorizedAccessException] {
            if ($attempt -ge 10) { throw "${Failure}: a file in it is open, or a window stands in it. Close it and try again. $($_.Exception.Message)" }
            Start-Sleep -Seconds 2
        }
    }
}
