# What was done, as a list of how to undo it. An entry is the name of a function and its arguments, so that it can be read and shown.

function Write-Report {
    <#
    .SYNOPSIS
    A line for the person who watches; the output stays free for objects.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    Write-Information -MessageData $Text -InformationAction Continue
}

function Get-CommonParameter {
    <#
    .SYNOPSIS
    Those of -WhatIf, -Confirm and -Verbose that a script was given: a module does not see the script's preferences by itself.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] $Bound)

    $common = @{}
    foreach ($name in 'WhatIf', 'Confirm', 'Verbose') {
        if ($Bound.ContainsKey($name)) { $common[$name] = $Bound[$name] }
    }
    $common
}

function Add-Undo {
    <#
    .SYNOPSIS
    Notes how to undo what is about to be done. Noted before the deed, so that half a deed is undone as well.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [AllowEmptyCollection()] [System.Collections.Stack] $Journal,
        [Parameter(Mandatory)] [string] $Say,
        [Parameter(Mandatory)] [string] $Command,
        [hashtable] $With = @{}
    )

    $Journal.Push([pscustomobject]@{ Say = $Say; Command = $Command; With = $With })
}

function Undo-Journal {
    <#
    .SYNOPSIS
    Undoes everything noted, the last first. What cannot be undone is told and does not keep the rest from being undone.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [System.Collections.Stack] $Journal)

    $ConfirmPreference = 'None'
    if ($Journal.Count -gt 0) { Write-Report 'Something failed. Everything done so far is undone:' }
    while ($Journal.Count -gt 0) {
        $step = $Journal.Pop()
        $with = $step.With
        try {
            $null = & $step.Command @with
            Write-Report "  $($step.Say)"
        }
        catch {
            Write-Warning "Not undone, please do it by hand: $($step.Say). $($_.Exception.Message)"
        }
    }
}

function Invoke-Native {
    <#
    .SYNOPSIS
    Runs a program and gives its exit code and lines; an exit code that is not among the allowed ones is an error with what the program said.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Tool,
        [Parameter(Mandatory)] [string[]] $Argument,
        [int[]] $Allowed = @(0)
    )

    Write-Verbose "$Tool $($Argument -join ' ')"
    $ErrorActionPreference = 'Continue' # Windows PowerShell 5.1 makes each line on standard error an error record, and would stop at the first
    $lines = @(& $Tool @Argument 2>&1 | ForEach-Object { "$_" })
    $code = $LASTEXITCODE
    $ErrorActionPreference = 'Stop'
    if ($Allowed -notcontains $code) { throw "$([IO.Path]::GetFileName($Tool)) ended with exit code $code. It said: $($lines -join ' ')" }
    [pscustomobject]@{ Code = $code; Lines = $lines }
}

function Add-WorkFolder {
    <#
    .SYNOPSIS
    Makes a folder for files in between, in this person's own temporary folder.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'MimHybrid-' + [Guid]::NewGuid().ToString('N'))
    $null = [IO.Directory]::CreateDirectory($folder)
    $folder
}
