# The data folder. The agent's account changes what is in it, so nothing in it is believed, followed or deleted by an administrator's script unless it is ours.

# All that the agent and these scripts make in it. A check's findings and its trial of writing begin with check-; the hold on a synchronization service is in the default folder.
$script:OwnData = '^(agent\.(db|db-wal|db-shm|db-journal|lock)|appsettings\.json|check-.+|sync-server-.+\.lock|before-update-\d{8}-\d{6})$'

function Find-ForeignData {
    <#
    .SYNOPSIS
    The names of what is in a data folder and is not ours.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $Path)

    if ([IO.Directory]::Exists($Path)) { @([IO.Directory]::GetFileSystemEntries($Path) | ForEach-Object { [IO.Path]::GetFileName($_) } | Where-Object { $_ -notmatch $script:OwnData }) }
}

function Assert-DataFolder {
    <#
    .SYNOPSIS
    Stops before the settings or the store in a data folder that was there before are believed, unless it is one of ours that nobody else can have changed.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string[]] $Sid,
        [switch] $AnyOwner # operators own what they make in it, each under a name of its own
    )

    Assert-FolderAbove -Path $Path
    if (-not [IO.Directory]::Exists($Path) -or @([IO.Directory]::GetFileSystemEntries($Path)).Count -eq 0) { return }
    $foreign = @(Find-ForeignData -Path $Path)
    if ($foreign.Count -gt 0) { throw "The data folder $Path has something else in it: $($foreign -join ', '). Choose another folder with -DataFolder, or move that away. Nothing was changed." }
    $wrong = @(Find-Intruder -Path $Path -Allowed $Sid -AnyOwner:$AnyOwner)
    if ($wrong.Count -gt 0) {
        throw "The data folder $Path was there before, and somebody else may have put into it what the agent would believe: $($wrong -join '; '). Look at who did. If it is yours, make administrators the owner (icacls `"$Path`" /setowner *$script:Administrators /T) and take the right of others (icacls `"$Path`" shows it). Else delete it, or choose another one with -DataFolder. Nothing was changed."
    }
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

    $rule = Get-WriterRule -Sid $Sid
    $existed = [IO.Directory]::Exists($Path)
    if ($existed) {
        $now = Get-PathRight -Path $Path
        # Everybody may make folders in ProgramData. One that an ordinary user put here in advance would stay in that user's hands.
        if ($script:Trusted + $Sid -notcontains $now.Owner) {
            throw "The data folder $Path belongs to $(Get-AccountLabel -Sid $now.Owner), who could take back any right. Look at who made it; then delete it, or choose another one with -DataFolder. Nothing was changed."
        }
        if ($now.Owner -eq $script:Administrators -and $now.Protected -and -not (Compare-Rule -Left $now.Rules -Right $rule)) { Write-Verbose "$Path has its rights already."; return }
    }
    if (-not $PSCmdlet.ShouldProcess($Path, 'Make the data folder with its rights')) { return }
    if ($existed) {
        $others = @(Find-Other -Path $Path -Right $script:ChangeRight -Below | Where-Object { $Sid -notcontains $_ })
        Backup-FolderRight -Path $Path -Journal $Journal
        Set-OwnRight -Path $Path -Rule $rule -Confirm:$false
        if ($others.Count -gt 0 -and @([IO.Directory]::GetFileSystemEntries($Path)).Count -gt 0) { throw "Somebody put something into $Path while it was closed to others. Look at what is there and who put it there." }
    }
    else {
        Add-Undo -Journal $Journal -Say "removed $Path" -Command 'Remove-DataFolder' -With @{ Path = $Path }
        New-OwnFolder -Path $Path -Rule $rule -Confirm:$false
    }
    Write-Report "Data folder $Path is ready."
}

function Close-DataFolder {
    <#
    .SYNOPSIS
    Closes a data folder that no agent uses any more to everybody but administrators, so that the next installation can believe what it finds in it.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not [IO.Directory]::Exists($Path) -or -not $PSCmdlet.ShouldProcess($Path, 'Close it to everybody but administrators')) { return }
    Set-OwnRight -Path $Path -Rule (Get-AdministratorRule) -Confirm:$false
    foreach ($file in @([IO.Directory]::GetFiles($Path) | Where-Object { [IO.Path]::GetFileName($_) -match $script:OwnData })) {
        if (Test-Link -Path $file) { throw "$file is a link, which neither the agent nor a script makes. Look at who made it, and delete it." }
        # Whoever owns a file can let himself in again.
        if ((Get-PathRight -Path $file).Owner -ne $script:Administrators) { Set-PathRight -Path $file -Sddl "O:$($script:Administrators)D:" -Confirm:$false }
    }
}

function Remove-DataFolder {
    <#
    .SYNOPSIS
    Removes what is ours from a data folder, and the folder if nothing else is in it. A link is removed and not followed; a folder that is not closed is left, because a link could be put into it meanwhile.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not [IO.Directory]::Exists($Path) -or -not $PSCmdlet.ShouldProcess($Path, 'Remove the data')) { return }
    Assert-NoLink -Path $Path
    foreach ($entry in @([IO.Directory]::GetFileSystemEntries($Path) | Where-Object { [IO.Path]::GetFileName($_) -match $script:OwnData })) {
        if ([IO.Directory]::Exists($entry) -and -not (Test-Link -Path $entry)) { Remove-ClosedFolder -Path $entry -Confirm:$false }
        else { Invoke-Patiently -Failure "$entry cannot be removed" -Deed { if ([IO.Directory]::Exists($entry)) { [IO.Directory]::Delete($entry) } else { [IO.File]::Delete($entry) } } }
    }
    $left = @([IO.Directory]::GetFileSystemEntries($Path) | ForEach-Object { [IO.Path]::GetFileName($_) })
    if ($left.Count -eq 0) { Remove-Folder -Path $Path -Confirm:$false }
    else { Write-Warning "Left in ${Path}, because no installation made it: $($left -join ', '). Look at it and delete it by hand." }
}

function Remove-ClosedFolder {
    <#
    .SYNOPSIS
    Removes a folder with all that is in it, if nobody but administrators can have put anything into it; else leaves it.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not $PSCmdlet.ShouldProcess($Path, 'Remove the folder')) { return }
    $wrong = @(Find-Intruder -Path $Path)
    if ($wrong.Count -gt 0) { Write-Warning "$Path is left: $($wrong -join '; '). Look at it and delete it by hand."; return }
    Remove-Folder -Path $Path -Confirm:$false
}
