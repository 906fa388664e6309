# What was done, as a list of how to undo it. An entry is the name of a function and its arguments, so that it can be read, shown and written down: what a power cut
# ended half-way, the next run undoes.

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

    if ($Kept) { Protect-Folder -Path $Folder -Confirm:$false }
    else { New-OwnFolder -Path $Folder -Rule (Get-AdministratorRule) -WhatIf:$false -Confirm:$false }
    $file = [IO.Path]::Combine($Folder, 'journal')
    $stream = Invoke-Patiently -Failure "Another run is at work, or a scanner holds $file" -Deed {
        Assert-NoLink -Path $file
        [IO.FileStream]::new($file, 'OpenOrCreate', 'ReadWrite', 'Read')
    }
    try { $steps = Read-Journal -Folder $Folder -Line ([IO.StreamReader]::new($stream).ReadToEnd().Split("`n")) }
    catch {
        $stream.Dispose()
        throw
    }
    [pscustomobject]@{ Folder = $Folder; Stream = $stream; Steps = $steps }
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
    Ends a journal, and removes its folder if its run has ended well or has undone everything.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Journal,
        [switch] $Done
    )

    $Journal.Stream.Dispose()
    if ($Done -or $Journal.Steps.Count -eq 0) { Remove-Folder -Path $Journal.Folder -WhatIf:$false -Confirm:$false }
    else { Write-Warning "What could not be undone stays noted in $($Journal.Folder): the next run tries it again. If you have done it by hand, delete that folder." }
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
        [Parameter(Mandatory)] [ValidateScript({ $script:Undoing.ContainsKey($_) })] [string] $Command,
        [hashtable] $With = @{}
    )

    $step = [pscustomobject]@{ Say = $Say; Command = $Command; With = $With }
    Write-Journal -Journal $Journal -Line (ConvertTo-Json -InputObject $step -Compress -Depth 4)
    $Journal.Steps.Push($step)
}

function Undo-Journal {
    <#
    .SYNOPSIS
    Undoes everything noted, the last first. What cannot be undone is told, does not keep the rest from being undone, and stays noted: the next run tries it again.
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
    $left = [System.Collections.Stack]::new()
    while ($Journal.Steps.Count -gt 0) {
        $step = $Journal.Steps.Pop()
        $with = $step.With
        try {
            $null = & $step.Command @with
            Write-Report "  $($step.Say)"
        }
        catch {
            Write-Warning "Not undone, please do it by hand: $($step.Say). $($_.Exception.Message)"
            $left.Push($step)
        }
        Write-Journal -Journal $Journal -Line 'undone' -Try
    }
    while ($left.Count -gt 0) {
        $step = $left.Pop()
        Write-Journal -Journal $Journal -Line (ConvertTo-Json -InputObject $step -Compress -Depth 4) -Try
        $Journal.Steps.Push($step)
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
    if ($journal.Steps.Count -gt 0) { throw 'What a run before this one began could not be undone; the warnings above say what. Do that by hand, then run this again.' }
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
