# The installed agent: started, kept from starting, ended.

function Get-DataArgument {
    <#
    .SYNOPSIS
    How the agent is told of its data folder; nothing where it finds it by itself.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $DataFolder)

    $default = if ($env:ProgramData) { [IO.Path]::Combine($env:ProgramData, 'MimHybrid') }
    if ($DataFolder -ne $default) { '--data', $DataFolder }
}

function Start-Agent {
    <#
    .SYNOPSIS
    Lets the task or the service start by itself, if it may not, and starts it, if it does not run.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        [Parameter(Mandatory)] $Journal
    )

    if ((Test-AgentRunning -RunAs $RunAs) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Start')) { return }
    Resume-Runner -RunAs $RunAs -Journal $Journal -Confirm:$false
    Add-Undo -Journal $Journal -Say 'stopped the agent' -Command 'Stop-Runner' -With @{ RunAs = $RunAs }
    Start-Runner -RunAs $RunAs -Confirm:$false
    Write-Report 'The agent runs. Look in some minutes: mimhybrid status'
}

function Suspend-Agent {
    <#
    .SYNOPSIS
    Keeps an installed agent from starting by itself: its task has a watchdog trigger that would, and a service would with Windows.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        [Parameter(Mandatory)] $Journal
    )

    if (-not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Leave it stopped')) { return }
    Suspend-Runner -RunAs $RunAs -Journal $Journal -Confirm:$false
    Write-Report 'The agent is installed and not started. Run Install-MimHybrid.ps1 again to start it.'
}

function Stop-Agent {
    <#
    .SYNOPSIS
    Lets the agent finish its cycle and end; stops when it has not within the time.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] $Record,
        [Parameter(Mandatory)] [timespan] $StopWait,
        [Parameter(Mandatory)] $Journal
    )

    $exe = [IO.Path]::Combine($ProgramFolder, $script:Executable)
    if (-not [IO.File]::Exists($exe) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Stop after the cycle in progress')) { return }
    $ran = Test-AgentRunning -RunAs $Record.RunAs
    if ($ran) { Add-Undo -Journal $Journal -Say 'started the agent again' -Command 'Start-Runner' -With @{ RunAs = $Record.RunAs } }
    Suspend-Runner -RunAs $Record.RunAs -Journal $Journal -Confirm:$false
    $stop = @('stop', '--wait', $StopWait.ToString('c')) + @(Get-DataArgument -DataFolder $Record.DataFolder)
    $answer = Invoke-Native -Tool $exe -Argument $stop -Allowed 0, 1
    if ($answer.Code -ne 0) { throw "The agent did not end within $($StopWait.ToString('c')): a cycle is in progress. Try again later, or allow more with -StopWait." }
    Stop-Runner -RunAs $Record.RunAs -Confirm:$false # the program has ended; a service's own state may lag behind
}
