# Logon rights, by way of secedit: it comes with every Windows, and Microsoft's own DSC resource goes that way
# (github.com/dsccommunity/SecurityPolicyDsc, UserRightsAssignment). The file's form is MS-GPSB 2.2.6: Right = *SID,*SID,name.

# 3 is done with warnings, about a part of the policy that is not asked for here: what counts is read back.
$script:SeceditDone = 0, 3

$script:RightName = @{ SeBatchLogonRight = 'Log on as a batch job'; SeServiceLogonRight = 'Log on as a service' }

function Get-RunnerRight {
    <#
    .SYNOPSIS
    The logon right that the account of a task or of a service needs.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs)

    @{ Task = 'SeBatchLogonRight'; Service = 'SeServiceLogonRight' }[$RunAs]
}

function Get-RightHolder {
    <#
    .SYNOPSIS
    Who has a logon right, as secedit writes it: *SID, or a name for some local accounts.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory)] [string] $Right,
        [Parameter(Mandatory)] [string] $WorkFolder
    )

    $file = [IO.Path]::Combine($WorkFolder, [Guid]::NewGuid().ToString('N') + '.inf')
    $null = Invoke-Native -Tool 'secedit.exe' -Argument '/export', '/cfg', $file, '/areas', 'USER_RIGHTS', '/quiet' -Allowed $script:SeceditDone
    foreach ($line in [IO.File]::ReadAllLines($file)) {
        if ($line -match "^\s*$Right\s*=(.*)$") { return @($Matches[1].Split(',') | ForEach-Object { $_.Trim() } | Where-Object { $_ }) }
    }
}

function Test-RightHolder {
    <#
    .SYNOPSIS
    Whether an entry of secedit's list is this account.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $Entry,
        [Parameter(Mandatory)] [string] $Sid
    )

    if ($Entry[0] -eq '*') { return $Entry.Substring(1) -eq $Sid }
    try { (ConvertTo-Sid -Name $Entry) -eq $Sid }
    catch { $false } # a name that nobody has any more: an account was deleted and its entry stayed
}

function Set-RightHolder {
    <#
    .SYNOPSIS
    Writes the list of one right, and no other; what counts is what is there afterwards, so it is read back.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Right,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Holder,
        [Parameter(Mandatory)] [string] $WorkFolder
    )

    if (-not $PSCmdlet.ShouldProcess($Right, "Give to exactly: $($Holder -join ', ')")) { return }
    $name = [IO.Path]::Combine($WorkFolder, [Guid]::NewGuid().ToString('N'))
    $text = '[Unicode]', 'Unicode=yes', '[Version]', 'signature="$CHICAGO$"', 'Revision=1', '[Privilege Rights]', "$Right = $($Holder -join ',')"
    [IO.File]::WriteAllLines("$name.inf", [string[]] $text, [Text.Encoding]::Unicode)
    $null = Invoke-Native -Tool 'secedit.exe' -Argument '/configure', '/db', "$name.sdb", '/cfg', "$name.inf", '/areas', 'USER_RIGHTS', '/quiet' -Allowed $script:SeceditDone

    $now = @(Get-RightHolder -Right $Right -WorkFolder $WorkFolder)
    if ($now.Count -ne $Holder.Count) { throw "secedit was to give $Right to '$($Holder -join ',')', but '$($now -join ',')' have it. A group policy may set it: ask for the account to be added there." }
}

function Grant-LogonRight {
    <#
    .SYNOPSIS
    Gives an account a logon right if it has not got it by name, and answers whether it did. A right by way of a group is not looked at: the group may lose it.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [ValidateSet('SeBatchLogonRight', 'SeServiceLogonRight')] [string] $Right,
        [Parameter(Mandatory)] $Account,
        [Parameter(Mandatory)] $Journal
    )

    $plain = $script:RightName[$Right]
    $denied = @(Get-RightHolder -Right ('SeDeny' + $Right.Substring(2)) -WorkFolder $Journal.Folder | Where-Object { Test-RightHolder -Entry $_ -Sid $Account.Sid })
    if ($denied.Count -gt 0) { throw "$($Account.Name) is denied '$plain' by policy (Deny $($plain.ToLowerInvariant())). Take it off that list first." }

    $holders = @(Get-RightHolder -Right $Right -WorkFolder $Journal.Folder)
    if (@($holders | Where-Object { Test-RightHolder -Entry $_ -Sid $Account.Sid }).Count -gt 0) {
        Write-Verbose "$($Account.Name) has '$plain' already."
        return $false
    }
    if (-not $PSCmdlet.ShouldProcess($Account.Name, "Give the right '$plain'")) { return $false }
    Add-Undo -Journal $Journal -Say "took '$plain' from $($Account.Name)" -Command 'Revoke-LogonRight' -With @{ Right = $Right; Sid = $Account.Sid; WorkFolder = $Journal.Folder }
    Set-RightHolder -Right $Right -Holder ($holders + "*$($Account.Sid)") -WorkFolder $Journal.Folder -Confirm:$false
    Write-Report "Gave $($Account.Name) the right '$plain'."
    $true
}

function Revoke-LogonRight {
    <#
    .SYNOPSIS
    Takes a logon right from an account, if it has it.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Right,
        [Parameter(Mandatory)] [string] $Sid,
        [Parameter(Mandatory)] [string] $WorkFolder
    )

    $holders = @(Get-RightHolder -Right $Right -WorkFolder $WorkFolder)
    $others = @($holders | Where-Object { -not (Test-RightHolder -Entry $_ -Sid $Sid) })
    if ($others.Count -eq $holders.Count) { return }
    if ($PSCmdlet.ShouldProcess($Sid, "Take the right $Right")) { Set-RightHolder -Right $Right -Holder $others -WorkFolder $WorkFolder -Confirm:$false }
}
