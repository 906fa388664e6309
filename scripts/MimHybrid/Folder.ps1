# The data folder and who may do what in it; and the rights of single files that hold a secret.

function Get-FullPath {
    <#
    .SYNOPSIS
    A path as Windows' programs need it: whole, and without a backslash at the end, which would swallow a closing quote.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path)

    $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path).TrimEnd('\', '/')
}

function Get-WantedRule {
    <#
    .SYNOPSIS
    The rights that a folder of ours has: the system and administrators all, each account given to change; as Get-PathRight writes them.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string[]] $Sid)

    # 2032127 is FullControl, 1245631 Modify with Synchronize, 3 is (OI)(CI): System.Security.AccessControl.FileSystemRights and InheritanceFlags.
    @("${script:System}:2032127:3:Allow", "${script:Administrators}:2032127:3:Allow") + @($Sid | ForEach-Object { "${_}:1245631:3:Allow" })
}

function Initialize-DataFolder {
    <#
    .SYNOPSIS
    Makes the data folder, and lets in nobody but the system, administrators, the agent's account and, if named, the operators.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string[]] $Sid,
        [Parameter(Mandatory)] $Journal
    )

    $existed = [IO.Directory]::Exists($Path)
    if ($existed) {
        $now = Get-PathRight -Path $Path
        # Everybody may make folders in ProgramData. One that an ordinary user put here in advance would stay in that user's hands.
        if (@($script:System, $script:Administrators) + $Sid -notcontains $now.Owner) {
            throw "The data folder $Path exists and belongs to $($now.Owner), who could take back any right. Look at who made it. If it is yours, make administrators its owner: icacls `"$Path`" /setowner *$script:Administrators /T. Else delete it, or choose another one with -DataFolder. Nothing was changed."
        }
        if ($now.Protected -and -not (Compare-Rule -Left $now.Rules -Right (Get-WantedRule -Sid $Sid))) { Write-Verbose "$Path has its rights already."; return }
    }
    if (-not $PSCmdlet.ShouldProcess($Path, 'Make the data folder and set its rights')) { return }
    if ($existed) { Backup-FolderRight -Path $Path -Name 'data-folder' -Journal $Journal }
    else {
        Add-Undo -Journal $Journal -Say "removed $Path" -Command 'Remove-Folder' -With @{ Path = $Path }
        $null = [IO.Directory]::CreateDirectory($Path)
        # Who makes a folder may own it, as a person; the next installation wants an owner that it can trust.
        $null = Invoke-Native -Tool 'icacls.exe' -Argument $Path, '/setowner', "*$script:Administrators"
    }
    Set-FolderRight -Path $Path -Sid $Sid -Right 'M' -Confirm:$false
    Write-Report "Data folder $Path is ready."
}

function Set-FolderRight {
    <#
    .SYNOPSIS
    Gives the system and administrators all rights to a folder and some accounts one, as icacls writes it, and takes all others, inherited ones too.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Sid,
        [Parameter(Mandatory)] [string] $Right
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Set its rights')) { return }
    $grant = @("*${script:System}:(OI)(CI)F", "*${script:Administrators}:(OI)(CI)F") + @($Sid | ForEach-Object { "*${_}:(OI)(CI)$Right" })
    $null = Invoke-Native -Tool 'icacls.exe' -Argument (@($Path, '/inheritance:r', '/grant:r') + $grant)
    Remove-OtherRight -Path $Path -Sid $Sid -Confirm:$false
}

function Remove-OtherRight {
    <#
    .SYNOPSIS
    Takes the rights of its own that a file or folder gives anybody but the system, administrators and some accounts.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Sid
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Take the rights of others')) { return }
    $kept = @($script:System, $script:Administrators) + $Sid
    $others = @((Get-PathRight -Path $Path).Rules | ForEach-Object { $_.Split(':')[0] } | Where-Object { $kept -notcontains $_ })
    foreach ($other in $others) { $null = Invoke-Native -Tool 'icacls.exe' -Argument $Path, '/remove', "*$other" }
}

function Backup-FolderRight {
    <#
    .SYNOPSIS
    Notes the rights of a folder, for them to be given back.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] $Journal
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Note its rights')) { return }
    $saved = [IO.Path]::Combine($Journal.Folder, "$Name.acl")
    $null = Invoke-Native -Tool 'icacls.exe' -Argument $Path, '/save', $saved
    Add-Undo -Journal $Journal -Say "gave $Path its rights back" -Command 'Restore-FolderRight' -With @{ Path = $Path; Saved = $saved }
}

function Restore-FolderRight {
    <#
    .SYNOPSIS
    Gives a folder the rights back that icacls saved. It restores by names relative to the folder above: learn.microsoft.com/windows-server/administration/windows-commands/icacls.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Saved
    )

    $null = Invoke-Native -Tool 'icacls.exe' -Argument ([IO.Path]::GetDirectoryName($Path)), '/restore', $Saved
}

function Compare-Rule {
    <#
    .SYNOPSIS
    What is in one list of rights and not in both; nothing when they are the same.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Left,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Right
    )

    @($Left | Where-Object { $Right -notcontains $_ }) + @($Right | Where-Object { $Left -notcontains $_ })
}

function Protect-File {
    <#
    .SYNOPSIS
    Lets nobody read a file but the system, administrators and one account.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Sid
    )

    if ($PSCmdlet.ShouldProcess($Path, 'Let nobody but administrators and the account read it')) {
        $null = Invoke-Native -Tool 'icacls.exe' -Argument $Path, '/inheritance:r', '/grant:r', "*${script:System}:F", "*${script:Administrators}:F", "*${Sid}:R"
    }
}

function Remove-Folder {
    <#
    .SYNOPSIS
    Removes a folder and all that is in it, if it is there. A link in it is removed, never followed.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if ([IO.Directory]::Exists($Path) -and $PSCmdlet.ShouldProcess($Path, 'Remove the folder')) { [IO.Directory]::Delete($Path, $true) }
}

function Move-Folder {
    <#
    .SYNOPSIS
    Gives a folder another name; nothing when it is not there. A program that has just ended, or a virus scanner, may hold a file for a moment, so it is tried for 20 seconds.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $From,
        [Parameter(Mandatory)] [string] $To
    )

    if (-not [IO.Directory]::Exists($From) -or -not $PSCmdlet.ShouldProcess($From, "Move to $To")) { return }
    for ($attempt = 1; ; $attempt++) {
        try {
            [IO.Directory]::Move($From, $To)
            return
        }
        catch {
            if ($attempt -ge 10) { throw "$From cannot be moved: a file in it is open, or a window stands in it. Close it and try again. $($_.Exception.Message)" }
            Start-Sleep -Seconds 2
        }
    }
}
