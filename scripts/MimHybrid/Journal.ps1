# What was done, as a list of how to undo it. An entry is the name of a function and its arguments, so that it can be read, shown and written down: what a power cut
# ended half-way, the next run undoes.

# All that an entry may name. Each does nothing where there is nothing to undo: the deed may not have begun, or be undone already.
$script:Undoing = @(
    'Enable-OldTask', 'Move-Folder', 'Remove-Folder', 'Remove-MadeCertificate', 'Remove-Program', 'Remove-SettingsFile', 'Restore-FolderRight', 'Restore-InstallRecord',
    'Restore-Store', 'Resume-Runner', 'Revoke-LogonRight', 'Start-Runner', 'Stop-Runner', 'Suspend-Runner', 'Uninstall-AgentService', 'Uninstall-AgentTask',
    'Uninstall-CheckTask', 'Unregister-EventSource'
)

function Open-Journal {
    <#
    .SYNOPSIS
    A journal that is written down in a folder of its own, entry by entry before each deed, and held until it is closed; with what an earlier run noted there and did not undo.
    .DESCRIPTION
    Each line begins with a line end, so that one that was cut off half-way spoils no other; what it was to note had not begun. What a kept journal names, the next run does
    as an administrator: nobody else may write there.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [switch] $Kept
    )

    if ($Kept) { Protect-Folder -Path $Folder -Confirm:$false } else { $null = [IO.Directory]::CreateDirectory($Folder) }
    $file = [IO.Path]::Combine($Folder, 'journal')
    try { $stream = [IO.FileStream]::new($file, 'OpenOrCreate', 'ReadWrite', 'Read') }
    catch { throw "Another run is at work: $file is held ($($_.Exception.Message)). Wait until it has ended. Nothing was changed." }
    try { $steps = Read-Journal -Line ([IO.StreamReader]::new($stream).ReadToEnd().Split("`n")) }
    catch {
        $stream.Dispose()
        throw
    }
    [pscustomobject]@{ Folder = $Folder; Stream = $stream; Steps = $steps }
}

function Read-Journal {
    <#
    .SYNOPSIS
    What the lines of a journal leave to undo: nothing of a run that was complete, unless it was going back.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Stack])]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string[]] $Line)

    $steps = [System.Collections.Stack]::new()
    $complete = $false
    foreach ($one in $Line) {
        if ($one -eq 'undone') { $null = $steps.Pop() }
        elseif ($one -eq 'complete') { $complete = $true }
        elseif ($one -eq 'undoing') { $complete = $false }
        else {
            try { $noted = ConvertFrom-Json -InputObject $one }
            catch { continue }
            if ($null -ne $noted) { $steps.Push((ConvertTo-Undo -Noted $noted)) }
        }
    }
    if ($complete) { $steps.Clear() }
    , $steps
}

function ConvertTo-Undo {
    <#
    .SYNOPSIS
    An entry as it was written down, as Undo-Journal takes it. Only what our own scripts note is ever done.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Noted)

    if ($script:Undoing -notcontains $Noted.Command) { throw "A journal names '$($Noted.Command)', which no script of ours notes. Look at who wrote it." }
    $with = @{}
    foreach ($property in $Noted.With.PSObject.Properties) { $with[$property.Name] = $property.Value }
    [pscustomobject]@{ Say = $Noted.Say; Command = $Noted.Command; With = $with }
}

function Write-Journal {
    <#
    .SYNOPSIS
    Writes a line down, on the disk and not only on its way there. What undoes only tries: a full disk must not keep it from undoing.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Journal,
        [Parameter(Mandatory)] [string] $Line,
        [switch] $Try
    )

    $bytes = [Text.Encoding]::UTF8.GetBytes("`n$Line")
    try {
        $Journal.Stream.Write($bytes, 0, $bytes.Length)
        $Journal.Stream.Flush($true)
    }
    catch {
        if (-not $Try) { throw }
        Write-Verbose "The journal cannot be written: $($_.Exception.Message)"
    }
}

function Close-Journal {
    <#
    .SYNOPSIS
    Ends a journal, whose run has ended or has undone everything, and removes its folder.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Journal)

    $Journal.Stream.Dispose()
    Remove-Folder -Path $Journal.Folder -WhatIf:$false -Confirm:$false
}

function Complete-Journal {
    <#
    .SYNOPSIS
    Says that a run which is cut off from here on counts as done: the next one does not undo it, since the agent may have worked meanwhile. This run itself still can.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Journal)

    Write-Journal -Journal $Journal -Line 'complete'
}

function Add-Undo {
    <#
    .SYNOPSIS
    Notes how to undo what is about to be done. Noted before the deed, so that half a deed is undone as well.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Journal,
        [Parameter(Mandatory)] [string] $Say,
        [Parameter(Mandatory)] [ValidateScript({ $script:Undoing -contains $_ })] [string] $Command,
        [hashtable] $With = @{}
    )

    $step = [pscustomobject]@{ Say = $Say; Command = $Command; With = $With }
    Write-Journal -Journal $Journal -Line (ConvertTo-Json -InputObject $step -Compress -Depth 4)
    $Journal.Steps.Push($step)
}

function Undo-Journal {
    <#
    .SYNOPSIS
    Undoes everything noted, the last first. What cannot be undone is told and does not keep the rest from being undone.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Journal,
        [string] $Because = 'Something failed.'
    )

    $ConfirmPreference = 'None'
    if ($Journal.Steps.Count -eq 0) { return }
    Write-Report "$Because Everything done so far is undone:"
    Write-Journal -Journal $Journal -Line 'undoing' -Try
    while ($Journal.Steps.Count -gt 0) {
        $step = $Journal.Steps.Pop()
        $with = $step.With
        try {
            $null = & $step.Command @with
            Write-Report "  $($step.Say)"
        }
        catch {
            Write-Warning "Not undone, please do it by hand: $($step.Say). $($_.Exception.Message)"
        }
        Write-Journal -Journal $Journal -Line 'undone' -Try
    }
}

function Undo-Unfinished {
    <#
    .SYNOPSIS
    Undoes what a run noted that was cut off, by a power cut for example, and answers whether nothing of the kind is left.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [string] $Folder)

    if (-not [IO.Directory]::Exists($Folder)) { return $true }
    if (-not $PSCmdlet.ShouldProcess($Folder, 'Undo what was cut off')) { return $false }
    $journal = Open-Journal -Folder $Folder -Kept
    try { Undo-Journal -Journal $journal -Because 'A run before this one was cut off.' }
    finally { Close-Journal -Journal $journal }
    $true
}

function Get-UnfinishedFolder {
    <#
    .SYNOPSIS
    Where an installation or update, or with 'app' New-MimHybridApp.ps1, notes what it does: beside the program, where only administrators can write.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [ValidateSet('installation', 'app')] [string] $Of = 'installation'
    )

    if ($Of -eq 'app') { "$ProgramFolder.app.unfinished" } else { "$ProgramFolder.unfinished" }
}
