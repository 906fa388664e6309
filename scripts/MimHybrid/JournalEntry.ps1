# What a journal may say. It is written and read by administrators alone; what it names is looked at all the same, since the next run does it.

# All that an entry may name, with what each argument may be. Each does nothing where there is nothing to undo: the deed may not have begun, or be undone already.
$script:Undoing = @{
    'Enable-OldTask'         = @{ TaskName = 'Any'; Start = 'Any' }
    'Move-Folder'            = @{ From = 'Program'; To = 'Program' }
    'Remove-Anchor'          = @{ Path = 'Data' }
    'Remove-ClosedFolder'    = @{ Path = 'Copy' }
    'Remove-DataFolder'      = @{ Path = 'Data' }
    'Remove-Folder'          = @{ Path = 'Program' }
    'Remove-MadeCertificate' = @{ Subject = 'Any'; FriendlyName = 'Any' }
    'Remove-Program'         = @{ Folder = 'Program'; Name = 'Inside'; KeepFolder = 'Any' }
    'Remove-SettingsFile'    = @{ Path = 'Program' }
    'Restore-FolderRight'    = @{ Path = 'Program', 'Data'; Sddl = 'Any' }
    'Restore-InstallRecord'  = @{ Path = 'Program'; Text = 'Any' }
    'Restore-SettingsFile'   = @{ Path = 'Program'; Kept = 'Inside' }
    'Restore-Store'          = @{ DataFolder = 'Data'; Copy = 'Copy' }
    'Resume-Runner'          = @{ RunAs = 'Any' }
    'Revoke-LogonRight'      = @{ Right = 'Right'; Sid = 'Sid'; WorkFolder = 'Program' }
    'Start-Runner'           = @{ RunAs = 'Any' }
    'Stop-Runner'            = @{ RunAs = 'Any' }
    'Suspend-Runner'         = @{ RunAs = 'Any' }
    'Uninstall-AgentService' = @{}
    'Uninstall-AgentTask'    = @{}
    'Uninstall-CheckTask'    = @{ Found = 'Found' }
    'Unregister-EventSource' = @{}
}

function Read-Journal {
    <#
    .SYNOPSIS
    What the lines of a journal leave to undo: nothing of a run that was complete, unless it was going back.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Stack])]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [AllowEmptyString()] [string[]] $Line
    )

    $steps = [System.Collections.Stack]::new()
    $complete = $false
    foreach ($one in $Line) {
        if ($one -eq 'undone') { $null = $steps.Pop() }
        elseif ($one -eq 'complete') { $complete = $true }
        elseif ($one -eq 'undoing') { $complete = $false }
        else {
            try { $noted = ConvertFrom-Json -InputObject $one }
            catch { continue }
            if ($null -ne $noted) { $steps.Push((ConvertTo-Undo -Noted $noted -Folder $Folder)) }
        }
    }
    if ($complete) { $steps.Clear() }
    , $steps
}

function ConvertTo-Undo {
    <#
    .SYNOPSIS
    An entry as it was written down, as Undo-Journal takes it. Only what our own scripts note is ever done, and only to what an installation owns.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Noted,
        [Parameter(Mandatory)] [string] $Folder
    )

    $may = $script:Undoing["$($Noted.Command)"]
    if ($null -eq $may) { throw "A journal names '$($Noted.Command)', which no script of ours notes. Look at who wrote it." }
    $with = @{}
    foreach ($property in $Noted.With.PSObject.Properties) {
        foreach ($value in @($property.Value)) {
            if (@($may[$property.Name] | Where-Object { $_ -and (Test-OwnArgument -Kind $_ -Value "$value" -Journal $Folder) }).Count -eq 0) {
                throw "The journal in $Folder names '$value' for $($Noted.Command), which is no part of an installation of ours. Look at who wrote it. Nothing was changed."
            }
        }
        # Nobody else may have put another folder in its place since then.
        if ($may[$property.Name] -contains 'Data') { Assert-FolderAbove -Path "$($property.Value)" }
        $with[$property.Name] = $property.Value
    }
    [pscustomobject]@{ Say = $Noted.Say; Command = $Noted.Command; With = $with }
}

function Test-OwnArgument {
    <#
    .SYNOPSIS
    Whether what an entry names is part of what an installation owns: the program folder and what lies beside it under its name, or a data folder and what is ours in it.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [ValidateSet('Any', 'Program', 'Data', 'Copy', 'Found', 'Inside', 'Right', 'Sid')] [string] $Kind,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Value,
        [Parameter(Mandatory)] [string] $Journal
    )

    $leadsOut = $Value -match '(^|[\\/])\.+([\\/]|$)' # by ..
    $isWhole = -not $leadsOut -and [IO.Path]::IsPathRooted($Value) -and [IO.Path]::GetDirectoryName($Value)
    switch ($Kind) {
        'Any' { return $true }
        'Right' { return 'SeBatchLogonRight', 'SeServiceLogonRight' -contains $Value }
        'Sid' { return $Value -match '^S-1-[\d-]+$' }
        'Inside' { return -not $leadsOut -and -not [IO.Path]::IsPathRooted($Value) -and $Value -notmatch ':' }
        'Copy' { return $isWhole -and [IO.Path]::GetFileName($Value) -match '^before-update-\d{8}-\d{6}$' }
        'Found' { return -not $Value -or ($isWhole -and [IO.Path]::GetFileName($Value) -match '^check-[0-9a-f]{32}\.txt$') }
        'Program' {
            $program = [regex]::Escape(($Journal -replace '(\.app)?\.unfinished$'))
            return $isWhole -and $Value -match "^$program(\.(previous-\d{8}-\d{6}|unfinished|app\.unfinished|removing))?([\\/]|$)"
        }
        'Data' {
            if (-not $isWhole -or [IO.File]::Exists($Value)) { return $false }
            $inside = @(if ([IO.Directory]::Exists($Value)) { [IO.Directory]::GetFileSystemEntries($Value) })
            return $inside.Count -eq 0 -or @(Find-ForeignData -Path $Value).Count -lt $inside.Count
        }
    }
}
