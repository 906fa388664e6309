# The data folder. The agent's account changes what is in it, so nothing in it is believed, followed or deleted by an administrator's script unless it is ours.

# A file that only administrators open. A folder that is empty can be made a link by whoever may write in it, without a right to delete or rename it, and one that is not empty
# cannot: FSCTL_SET_REPARSE_POINT, learn.microsoft.com/openspecs/windows_protocols/ms-fsa/4aeefef8-92c3-4abc-af7a-a610caf8a165.
$script:Anchor = 'MimHybrid.folder'

# All that the agent and these scripts make in it. A check's findings and its trial of writing begin with check-; the hold on a synchronization service is in the default folder.
$script:OwnData = '^(agent\.(db|db-wal|db-shm|db-journal|lock)|appsettings\.json|check-.+|sync-server-.+\.lock|before-update-\d{8}-\d{6}|MimHybrid\.folder)$'

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
    if ($foreign.Count -gt 0) { throw "The data folder $Path has something else in it: $(ConvertTo-PlainText -Text ($foreign -join ', ')). Choose another folder with -DataFolder, or move that away. Nothing was changed." }
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
    $anchored = [IO.File]::Exists([IO.Path]::Combine($Path, $script:Anchor))
    $existed = [IO.Directory]::Exists($Path)
    if ($existed) {
        $now = Get-PathRight -Path $Path
        # Everybody may make folders in ProgramData. One that an ordinary user put here in advance would stay in that user's hands.
        if ($script:Trusted + $Sid -notcontains $now.Owner) {
            throw "The data folder $Path belongs to $(Get-AccountLabel -Sid $now.Owner), who could take back any right. Look at who made it; then delete it, or choose another one with -DataFolder. Nothing was changed."
        }
        if ($anchored -and $now.Owner -eq $script:Administrators -and $now.Protected -and (Test-SameRight -Left $now.All -Right $rule)) { Write-Verbose "$Path has its rights already."; return }
        $others = @(Find-Other -Path $Path -Right $script:ChangeRight -Below)
        $isEmpty = @([IO.Directory]::GetFileSystemEntries($Path)).Count -eq 0
        if (-not $isEmpty -and @($others | Where-Object { $Sid -notcontains $_ }).Count -gt 0) { throw "$(Get-AccountLabel -Sid $others) may change what is in $Path, and somebody put something into it a moment ago. Look at what is there and who put it there." }
    }
    if (-not $PSCmdlet.ShouldProcess($Path, 'Make the data folder with its rights')) { return }
    # Undone in the opposite order: the file that keeps it from becoming a link goes last.
    if ($existed -and -not $anchored) { Add-Undo -Journal $Journal -Say "removed $script:Anchor from $Path" -Command 'Remove-Anchor' -With @{ Path = $Path } }
    if ($existed) { Backup-FolderRight -Path $Path -Journal $Journal } else { Add-Undo -Journal $Journal -Say "removed $Path" -Command 'Remove-DataFolder' -With @{ Path = $Path } }
    if (-not $existed) { New-OwnFolder -Path $Path -Rule (Get-AdministratorRule) -Confirm:$false }
    elseif (-not $anchored -and $isEmpty -and $others.Count -gt 0) { Reset-OpenFolder -Path $Path -Rule (Get-AdministratorRule) -Confirm:$false }
    if (-not $anchored) { Save-Anchor -Path $Path -Confirm:$false }
    Open-Folder -Path $Path -Sddl (ConvertTo-Sddl -Rule $rule)
    Write-Report "Data folder $Path is ready."
}

function Save-Anchor {
    <#
    .SYNOPSIS
    Puts the file into a data folder that keeps it from being made a link.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    $file = [IO.Path]::Combine($Path, $script:Anchor)
    if (-not $PSCmdlet.ShouldProcess($file, 'Write')) { return }
    Assert-NoLink -Path $Path
    $text = [Text.Encoding]::ASCII.GetBytes("The data of MimHybrid are in this folder. This file can be deleted by administrators alone: as long as it is here, nobody can make the folder a link to another one.`r`n")
    $stream = New-ClosedFile -Path $file -Sddl (ConvertTo-Sddl -Rule (Get-AdministratorRule -Inheritance 0)) -Confirm:$false
    try { $stream.Write($text, 0, $text.Length) }
    finally { $stream.Dispose() }
}

function Remove-Anchor {
    <#
    .SYNOPSIS
    Removes that file, if it is there.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    $file = [IO.Path]::Combine($Path, $script:Anchor)
    if (-not [IO.File]::Exists($file) -or -not $PSCmdlet.ShouldProcess($file, 'Remove')) { return }
    Assert-NoLink -Path $Path
    [IO.File]::Delete($file)
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
        Assert-OneName -Path $file
        # Whoever owns a file can let himself in again.
        if ((Get-PathRight -Path $file).Owner -ne $script:Administrators) { Set-PathRight -Path $file -Sddl "O:$($script:Administrators)D:" -Confirm:$false }
    }
}

function Remove-DataFolder {
    <#
    .SYNOPSIS
    Removes what is ours from a data folder, and the folder if nothing else is in it. It is closed first. A link is removed and not followed; a folder in it that is not closed is left, because a link could be put into it meanwhile.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not [IO.Directory]::Exists($Path) -or -not $PSCmdlet.ShouldProcess($Path, 'Remove the data')) { return }
    Set-OwnRight -Path $Path -Rule (Get-AdministratorRule) -Confirm:$false
    foreach ($entry in @([IO.Directory]::GetFileSystemEntries($Path) | Where-Object { [IO.Path]::GetFileName($_) -match $script:OwnData -and [IO.Path]::GetFileName($_) -ne $script:Anchor })) {
        if ([IO.Directory]::Exists($entry) -and -not (Test-Link -Path $entry)) { Remove-ClosedFolder -Path $entry -Confirm:$false }
        else { Invoke-Patiently -Failure "$entry cannot be removed" -Deed { if ([IO.Directory]::Exists($entry)) { [IO.Directory]::Delete($entry) } else { [IO.File]::Delete($entry) } } }
    }
    $left = @([IO.Directory]::GetFileSystemEntries($Path) | ForEach-Object { [IO.Path]::GetFileName($_) } | Where-Object { $_ -ne $script:Anchor })
    if ($left.Count -eq 0) {
        Invoke-Patiently -Failure "$Path cannot be removed" -Deed {
            Remove-Anchor -Path $Path -Confirm:$false
            if ([IO.Directory]::Exists($Path)) { [IO.Directory]::Delete($Path) } # and nothing in it: it could be a link from here on
        }
    }
    else {
        Remove-Anchor -Path $Path -Confirm:$false
        Write-Warning "Left in ${Path}, because no installation made it: $(ConvertTo-PlainText -Text ($left -join ', ')). Look at it and delete it by hand."
    }
}

function Remove-ClosedFolder {
    <#
    .SYNOPSIS
    Removes a folder with all that is in it, if nobody but administrators can have put anything into it; else leaves it.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not [IO.Directory]::Exists($Path) -or -not $PSCmdlet.ShouldProcess($Path, 'Remove the folder')) { return }
    $wrong = @(Find-Intruder -Path $Path)
    if ($wrong.Count -gt 0) { Write-Warning "$Path is left: $($wrong -join '; '). Look at it and delete it by hand."; return }
    Remove-Folder -Path $Path -Confirm:$false
}
