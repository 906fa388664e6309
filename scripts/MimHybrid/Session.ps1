# The session that a script runs in: what it says, what it was given, the programs that it calls, a folder for files in between.

function Write-Report {
    <#
    .SYNOPSIS
    A line for the person who watches; the output stays free for objects.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    Write-Information -MessageData $Text -InformationAction Continue
}

function ConvertTo-PlainText {
    <#
    .SYNOPSIS
    Words that somebody else may have written, without what would drive an administrator's window.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    $Text -replace '[\p{Cc}\p{Cf}]', ' '
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

function Test-WhatIfBehind {
    <#
    .SYNOPSIS
    Whether -WhatIf stands in a line in which another command follows: whoever types it behind the last one means the whole line, and nothing may be made by the first.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [Management.Automation.InvocationInfo] $Invocation)

    $Invocation.PipelinePosition -lt $Invocation.PipelineLength -and $Invocation.Line -match '\s-(wi|wh[atif]*)(\s|$)'
}

function Get-WhatIfResult {
    <#
    .SYNOPSIS
    What a command that only tells gives to the one that follows it, so that this one tells as well; nothing where none follows.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [Management.Automation.InvocationInfo] $Invocation,
        [Parameter(Mandatory)] [hashtable] $Of
    )

    if ($Invocation.PipelinePosition -lt $Invocation.PipelineLength) { [pscustomobject] ($Of + @{ WhatIf = $true }) }
}

function Invoke-Native {
    <#
    .SYNOPSIS
    Runs a program and gives its exit code and lines; an exit code that is not among the allowed ones is an error with what the program said.
    .DESCRIPTION
    A program of Windows is taken from its own folder, whatever the search path finds first. One that cannot be started leaves the exit code of the one before it, so that is not asked then.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Tool,
        [Parameter(Mandatory)] [string[]] $Argument,
        [int[]] $Allowed = @(0)
    )

    if (-not [IO.Path]::GetDirectoryName($Tool)) { $Tool = [IO.Path]::Combine([Environment]::SystemDirectory, $Tool) }
    Write-Verbose "$Tool $($Argument -join ' ')"
    $ErrorActionPreference = 'Continue' # Windows PowerShell 5.1 makes each line on standard error an error record, and would stop at the first
    try { $lines = @(& $Tool @Argument 2>&1 | ForEach-Object { ConvertTo-PlainText -Text "$_" }) }
    catch { throw "$Tool could not be started: $($_.Exception.Message)" }
    $code = $LASTEXITCODE
    $ErrorActionPreference = 'Stop'
    if ($Allowed -notcontains $code) { throw "$([IO.Path]::GetFileName($Tool)) ended with exit code $code. It said: $($lines -join ' ')" }
    [pscustomobject]@{ Code = $code; Lines = $lines }
}

function Get-WorkFolder {
    <#
    .SYNOPSIS
    The name of a folder for files in between, in this person's own temporary folder.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    [IO.Path]::Combine([IO.Path]::GetTempPath().TrimEnd('\', '/'), 'MimHybrid-' + [Guid]::NewGuid().ToString('N'))
}
