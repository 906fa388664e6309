# Folders whose content is run with an administrator's or the agent's rights: nobody else may change it, or put something else in its place.

$script:Users = 'S-1-5-32-545'
# Who may anyway: the system, administrators, Windows' installer (the owner of Program Files), and the owner's rights, which count for the owner.
$script:Trusted = $script:System, $script:Administrators, 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464', 'S-1-3-0', 'S-1-3-4'
# Everybody, or everybody of a kind: learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers. At the end Domain Users, Domain Guests and Domain Computers.
$script:Crowd = '^S-1-(1-0|2-0|5-[2346]|5-7|5-11|5-1[45]|5-113|5-32-54[567]|5-21-[\d-]+-51[345])$'
# System.Security.AccessControl.FileSystemRights: write data, append data, delete what is inside, write attributes (which makes an empty folder a link), delete, change rights, take ownership; and the generic rights to all and to write.
$script:ChangeRight = 0x500D0146
$script:ReplaceRight = 0x100D0040

function Find-Other {
    <#
    .SYNOPSIS
    Who beside administrators has one of some rights to a folder, its owner among them, as security identifiers.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [int] $Right,
        [switch] $Below # rights that hold only for what is in it count as well
    )

    $list = Get-PathRight -Path $Path
    $others = @()
    foreach ($rule in @("$($list.Owner):${Right}:0:Allow:0") + $list.All) {
        $sid, $mask, $null, $kind, $propagation = $rule.Split(':')
        $holds = $kind -eq 'Allow' -and ([int] $mask -band $Right) -ne 0 -and ($Below -or ([int] $propagation -band 2) -eq 0) # 2: InheritOnly
        if ($holds -and $script:Trusted -notcontains $sid -and $others -notcontains $sid) { $others += $sid }
    }
    $others
}

function Get-AccountLabel {
    <#
    .SYNOPSIS
    The names of security identifiers, for people; one whose name nobody knows as it is.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string[]] $Sid)

    @(foreach ($one in $Sid) { try { ConvertTo-AccountName -Sid $one } catch { $one } }) -join ', '
}

function Find-Replacer {
    <#
    .SYNOPSIS
    Each folder above one in which somebody beside administrators may rename or delete that one, and could put another in its place, with who may.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    $made = $true # the folder itself gets rights of its own
    for ($above = [IO.Path]::GetDirectoryName($Path); $above; $above = [IO.Path]::GetDirectoryName($above)) {
        if (-not [IO.Directory]::Exists($above)) { $made = $false; continue }
        $right = $script:ReplaceRight
        if (-not [IO.Path]::GetDirectoryName($above)) { $right = $right -band -bnot 0x10000 } # a whole drive cannot be deleted
        $others = @(Find-Other -Path $above -Right $right -Below:(-not $made)) # a folder that is still to be made inherits
        $made = $true
        if ($others.Count -gt 0) { [pscustomobject]@{ Folder = $above; Sid = $others } }
    }
}

function Assert-FolderAbove {
    <#
    .SYNOPSIS
    Stops where a folder above is a link, or where ordinary users could put their own folder in the place of one; where a single account may, warns.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    Assert-NoLink -Path $Path
    foreach ($found in @(Find-Replacer -Path $Path)) {
        $who = Get-AccountLabel -Sid $found.Sid
        if (@($found.Sid -match $script:Crowd).Count -gt 0) {
            throw "$who may rename or delete what is in $($found.Folder), and so could put something else in the place of $Path. Choose another folder (the one that is taken by itself is safe), or let only administrators change $($found.Folder) (icacls `"$($found.Folder)`" shows who may). Nothing was changed."
        }
        Write-Warning "$who may rename or delete what is in $($found.Folder), and so could put something else in the place of $Path. Trust them as you trust this server's administrators, or take that right (icacls `"$($found.Folder)`" shows it)."
    }
}

function Find-Intruder {
    <#
    .SYNOPSIS
    What somebody beside administrators and some accounts owns or may change, in words: of a folder, and of what lies in it; nothing where all is closed.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [AllowEmptyCollection()] [string[]] $Allowed = @(),
        [switch] $AnyOwner,
        [switch] $Tree # what lies in folders of it, too
    )

    $trusted = $script:Trusted + $Allowed
    $depth = if ($Tree) { 'AllDirectories' } else { 'TopDirectoryOnly' }
    $inside = @(if ([IO.Directory]::Exists($Path)) { [IO.Directory]::EnumerateFileSystemEntries($Path, '*', $depth) })
    foreach ($one in @($Path) + $inside) {
        if (Test-Link -Path $one) { "$one is a link"; continue }
        $owner = (Get-PathRight -Path $one).Owner
        if (-not $AnyOwner -and $trusted -notcontains $owner) { "$one belongs to $(Get-AccountLabel -Sid $owner)"; continue }
        $others = @(Find-Other -Path $one -Right $script:ChangeRight -Below | Where-Object { $trusted -notcontains $_ -and $_ -ne $owner })
        if ($others.Count -gt 0) { "$(Get-AccountLabel -Sid $others) may change what is in $one" }
    }
}

function Assert-OwnFolder {
    <#
    .SYNOPSIS
    Stops where somebody else may have changed what is in a folder.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not [IO.Directory]::Exists($Path)) { return }
    Assert-NoLink -Path $Path
    $owner = (Get-PathRight -Path $Path).Owner
    if ($script:Trusted -notcontains $owner) {
        throw "The folder $Path belongs to $(Get-AccountLabel -Sid $owner), who could take back any right. Look at who made it and what is in it; then delete it, or make administrators its owner: icacls `"$Path`" /setowner *$script:Administrators /T. Nothing was changed."
    }
    $others = @(Find-Other -Path $Path -Right $script:ChangeRight -Below)
    if ($others.Count -gt 0 -and @([IO.Directory]::GetFileSystemEntries($Path)).Count -gt 0) {
        throw "$(Get-AccountLabel -Sid $others) may change what is in $Path, and may have done so. Look at what is there; then delete it, or let only administrators change it (icacls `"$Path`" shows who may). Nothing was changed."
    }
}

function Assert-ProgramFolder {
    <#
    .SYNOPSIS
    Stops before anything is run or undone that somebody else may have put where the program is.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    Assert-FolderAbove -Path $Path
    Assert-OwnFolder -Path $Path
}

function Protect-Folder {
    <#
    .SYNOPSIS
    Makes a folder that only administrators can change, and whose readers are named; one that is so already stays as it is.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [string[]] $Reader = @(),
        $Journal
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Make the folder, for administrators to change')) { return }
    $rule = Get-ReaderRule -Sid $Reader
    Assert-OwnFolder -Path $Path
    if (-not [IO.Directory]::Exists($Path)) { New-OwnFolder -Path $Path -Rule $rule -Confirm:$false; return }
    if (@(Find-Other -Path $Path -Right $script:ChangeRight -Below).Count -eq 0) { return }
    if ($Journal) { Backup-FolderRight -Path $Path -Journal $Journal }
    Reset-OpenFolder -Path $Path -Rule $rule -Confirm:$false
    Write-Report "$Path inherits no rights any more: only administrators can change what is in it."
}
