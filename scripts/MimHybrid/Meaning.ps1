# What a list of rights means. Windows writes the same rights in several ways: an entry for each kind of heir or one for all, in another order, merged, with generic rights or
# with what they stand for. So two lists are compared by who may do what where, and not by their texts.

# What the generic rights to read, write, run and do all stand for with files and folders: learn.microsoft.com/windows/win32/fileio/file-security-and-access-rights.
$script:GenericRight = @{ ([int]::MinValue) = 0x120089; 0x40000000 = 0x120116; 0x20000000 = 0x1200A0; 0x10000000 = 0x1F01FF }

function ConvertTo-Meaning {
    <#
    .SYNOPSIS
    Rights by who has them and where: on the folder or file itself, on files in it, on folders in it. Each is "sid place kind", with the rights as a number.
    .DESCRIPTION
    The right to wait for a handle (Synchronize, 0x100000) is left out: Windows and .NET add it by themselves, and it lets nobody change or read anything.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Rule)

    $meaning = @{}
    foreach ($one in $Rule) {
        $sid, $mask, $inheritance, $kind, $passing = $one.Split(':')
        $right = [int] $mask
        foreach ($generic in $script:GenericRight.Keys) {
            if (($right -band $generic) -ne 0) { $right = ($right -band -bnot $generic) -bor $script:GenericRight[$generic] }
        }
        $right = $right -band -bnot 0x100000
        $places = @(
            if (([int] $passing -band 2) -eq 0) { 'itself' } # 2: InheritOnly
            if (([int] $inheritance -band 1) -ne 0) { 'folders' } # 1: ContainerInherit
            if (([int] $inheritance -band 2) -ne 0) { 'files' } # 2: ObjectInherit
        )
        foreach ($place in $places) { $meaning["$sid $place $kind"] = $right -bor [int] $meaning["$sid $place $kind"] }
    }
    $meaning
}

function Find-Excess {
    <#
    .SYNOPSIS
    Who has more by one list of rights than by another, as security identifiers. What is denied gives nobody anything.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Rule,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Meant
    )

    $has = ConvertTo-Meaning -Rule $Rule
    $most = ConvertTo-Meaning -Rule $Meant
    foreach ($who in $has.Keys) {
        $sid, $null, $kind = $who.Split(' ')
        if ($kind -eq 'Allow' -and ($has[$who] -band -bnot [int] $most[$who]) -ne 0) { $sid }
    }
}

function Test-SameRight {
    <#
    .SYNOPSIS
    Whether two lists of rights mean the same; one that denies anything does not mean what one of ours does.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Left,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Right
    )

    $denied = @(@($Left) + $Right | Where-Object { $_.Split(':')[3] -eq 'Deny' })
    $denied.Count -eq 0 -and @(Find-Excess -Rule $Left -Meant $Right).Count -eq 0 -and @(Find-Excess -Rule $Right -Meant $Left).Count -eq 0
}
