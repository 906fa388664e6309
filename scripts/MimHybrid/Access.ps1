# Who may do what to a file or folder of ours. A right is a text, sid:mask:inheritance:kind, with :2 at the end where it holds only for what is inside; masks and
# inheritance are numbers of System.Security.AccessControl.FileSystemRights and InheritanceFlags: 2032127 is FullControl, 1179817 ReadAndExecute, 1179785 Read, 3 both kinds of heirs.

function Get-AdministratorRule {
    <#
    .SYNOPSIS
    The rights of the system and of administrators, which everything of ours has.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([int] $Inheritance = 3)

    @("${script:System}:2032127:${Inheritance}:Allow", "${script:Administrators}:2032127:${Inheritance}:Allow")
}

function Get-ReaderRule {
    <#
    .SYNOPSIS
    The rights of a folder that some read and run, and only administrators change.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Sid)

    @(Get-AdministratorRule) + @($Sid | ForEach-Object { "${_}:1179817:3:Allow" })
}

function Get-WriterRule {
    <#
    .SYNOPSIS
    The rights of the data folder: each account changes what is in it, and can neither delete nor rename the folder itself, in whose place it could put a link then.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Sid)

    # 1245631 is Modify with Synchronize, 1180095 the same without Delete.
    @(Get-AdministratorRule) + @($Sid | ForEach-Object { "${_}:1180095:0:Allow"; "${_}:1245631:3:Allow:2" })
}

function Get-FileRule {
    <#
    .SYNOPSIS
    The rights of a file with a secret in it: one account reads it, beside administrators.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $Sid)

    @(Get-AdministratorRule -Inheritance 0) + "${Sid}:1179785:0:Allow"
}

function ConvertTo-Sddl {
    <#
    .SYNOPSIS
    Rights as Windows takes them as a whole, none inherited: learn.microsoft.com/windows/win32/secauthz/security-descriptor-definition-language.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string[]] $Rule,
        [switch] $KeepOwner # whom it belongs to stays; else to administrators
    )

    $entries = foreach ($one in $Rule) {
        $sid, $mask, $inheritance, $null, $passing = $one.Split(':')
        $hex = [string]::Format([Globalization.CultureInfo]::InvariantCulture, '0x{0:x}', [int] $mask)
        "(A;$(@{ '0' = ''; '3' = 'OICI' }[$inheritance])$(if ($passing) { 'IO' });$hex;;;$sid)"
    }
    "$(if (-not $KeepOwner) { "O:$script:Administrators" })D:P$(-join $entries)"
}

function New-OwnFolder {
    <#
    .SYNOPSIS
    Makes a folder with its rights, which nobody can have opened or filled before. One that somebody else made in that moment is not taken.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string[]] $Rule
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Make the folder with its rights')) { return }
    Assert-NoLink -Path $Path
    if ([IO.Directory]::Exists($Path) -or [IO.File]::Exists($Path)) { throw "$Path is there already, and was not to be. Look at who made it and what is in it; then delete it." }
    try {
        New-ClosedFolder -Path $Path -Sddl (ConvertTo-Sddl -Rule $Rule) -Confirm:$false
        Assert-NoLink -Path $Path
        $now = Get-PathRight -Path $Path
        $isOurs = $now.Owner -eq $script:Administrators -and $now.Protected -and @([IO.Directory]::GetFileSystemEntries($Path)).Count -eq 0
        if (-not $isOurs) { throw "Somebody else made $Path, or put something into it, while it was made. Look at what is there and who put it there; then delete it." }
        $more = @(Find-Excess -Rule $now.All -Meant $Rule)
        if ($more.Count -gt 0) { throw "$(Get-AccountLabel -Sid $more) may do more in $Path than was meant ($($now.Sddl)): somebody changed it while it was made. Look at who may; then delete it." }
    }
    catch {
        # What failed may have been made all the same; it is empty, or else it is not ours.
        Remove-EmptyFolder -Path $Path -Confirm:$false
        throw
    }
}

function Reset-OpenFolder {
    <#
    .SYNOPSIS
    Makes an empty folder anew in which others may write: while it is given rights they could make it a link, and another folder would get them.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string[]] $Rule
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Make the folder anew, with its rights')) { return }
    Assert-NoLink -Path $Path
    Remove-EmptyFolder -Path $Path -Confirm:$false
    if ([IO.Directory]::Exists($Path)) { throw "Somebody put something into $Path while it was closed to others. Look at what is there and who put it there." }
    New-OwnFolder -Path $Path -Rule $Rule -Confirm:$false
}

function Set-OwnRight {
    <#
    .SYNOPSIS
    Gives a file or folder exactly some rights, and takes all others, inherited ones too.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string[]] $Rule,
        [switch] $KeepOwner
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Set its rights')) { return }
    Assert-NoLink -Path $Path
    Set-PathRight -Path $Path -Sddl (ConvertTo-Sddl -Rule $Rule -KeepOwner:$KeepOwner) -Confirm:$false
}

function Open-Folder {
    <#
    .SYNOPSIS
    Lets others into a folder: what lies in it inherits their rights. So it is closed first, and nothing in it may be another name of a file elsewhere, which would get them, too.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Sddl
    )

    if (@(Find-Other -Path $Path -Right $script:ChangeRight -Below).Count -gt 0) { Set-OwnRight -Path $Path -Rule (Get-AdministratorRule) -Confirm:$false } else { Assert-NoLink -Path $Path }
    foreach ($file in [IO.Directory]::GetFiles($Path)) { Assert-OneName -Path $file }
    $wrong = @(foreach ($folder in [IO.Directory]::GetDirectories($Path)) { Find-Intruder -Path $folder })
    if ($wrong.Count -gt 0) { throw "Somebody else made a folder in ${Path}: $($wrong -join '; '). Look at what is in it, and delete it." }
    Set-PathRight -Path $Path -Sddl $Sddl -Confirm:$false
}

function Backup-FolderRight {
    <#
    .SYNOPSIS
    Notes the rights of a folder, for them to be given back. They are in the note itself, and so in the warning where that cannot be done.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] $Journal
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Note its rights')) { return }
    $sddl = (Get-PathRight -Path $Path).Sddl
    Add-Undo -Journal $Journal -Say "gave $Path its rights back ($sddl)" -Command 'Restore-FolderRight' -With @{ Path = $Path; Sddl = $sddl }
}

function Restore-FolderRight {
    <#
    .SYNOPSIS
    Gives a folder the rights back that were noted.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Sddl
    )

    Assert-NoLink -Path $Path
    if ([IO.Directory]::Exists($Path)) { Open-Folder -Path $Path -Sddl $Sddl }
    else { New-ClosedFolder -Path $Path -Sddl $Sddl -Confirm:$false } # the run was cut off while it made the folder anew
}
