# The installed agent: asked, started, stopped.

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

function Invoke-AgentCheck {
    <#
    .SYNOPSIS
    Runs the agent's own check, shows its lines, and answers whether nothing failed; with patience, tries again for a while.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [timespan] $Patience = [timespan]::Zero
    )

    if (-not $PSCmdlet.ShouldProcess($ProgramFolder, 'Check settings, rights, sign-in, MIM and the task')) { return $true }
    $check = @{
        Tool     = [IO.Path]::Combine($ProgramFolder, $script:Executable)
        Argument = @('check') + @(Get-DataArgument -DataFolder $DataFolder)
        Allowed  = 0, 3, 4
    }
    $answer = Invoke-Native @check
    for ($waited = 0; $answer.Code -eq 4 -and $waited -lt $Patience.TotalSeconds; $waited += 20) {
        Write-Report 'The check found something. What was made in Entra a moment ago may not be known everywhere yet: trying again in 20 seconds.'
        Start-Sleep -Seconds 20
        $answer = Invoke-Native @check
    }
    Write-Report 'mimhybrid check:'
    foreach ($line in $answer.Lines) { Write-Report "  $line" }
    $answer.Code -eq 0
}

function Test-AgentRunning {
    <#
    .SYNOPSIS
    Whether the task or the service runs.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs)

    if ($RunAs -eq 'Task') {
        $task = Find-Task -TaskName $script:AgentTask
        return $null -ne $task -and "$($task.State)" -eq 'Running'
    }
    $service = Find-AgentService
    $null -ne $service -and "$($service.Status)" -ne 'Stopped'
}

function Start-Agent {
    <#
    .SYNOPSIS
    Enables the task, if it is disabled, and starts the task or the service, if it does not run.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [System.Collections.Stack] $Journal
    )

    if ((Test-AgentRunning -RunAs $RunAs) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Start')) { return }
    Add-Undo -Journal $Journal -Say 'stopped the agent' -Command 'Stop-Runner' -With @{ RunAs = $RunAs }
    if ($RunAs -eq 'Task' -and "$((Find-Task -TaskName $script:AgentTask).State)" -eq 'Disabled') {
        Add-Undo -Journal $Journal -Say "disabled the task '$script:AgentTask' again" -Command 'Suspend-AgentTask' -With @{ Journal = [System.Collections.Stack]::new() }
        Resume-AgentTask -Confirm:$false
    }
    Start-Runner -RunAs $RunAs -Confirm:$false
    Write-Report 'The agent runs.'
}

function Suspend-Agent {
    <#
    .SYNOPSIS
    Keeps an installed agent from starting by itself: its task has a watchdog trigger that would, and a service would with Windows.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [System.Collections.Stack] $Journal
    )

    if (-not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Leave it stopped')) { return }
    if ($RunAs -eq 'Task') { Suspend-AgentTask -Journal $Journal -Confirm:$false }
    Write-Report 'The agent is installed and not started. Run Install-MimHybrid.ps1 again to start it.'
}

function Start-Runner {
    <#
    .SYNOPSIS
    Starts the task or the service, if it does not run.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs)

    if ((Test-AgentRunning -RunAs $RunAs) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Start')) { return }
    if ($RunAs -eq 'Task') { Start-ScheduledTask -TaskName $script:AgentTask -TaskPath '\' } else { Start-Service -Name $script:AgentService -Confirm:$false }
}

function Stop-Runner {
    <#
    .SYNOPSIS
    Stops the task or the service at once, if it runs.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs)

    if (-not (Test-AgentRunning -RunAs $RunAs) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Stop')) { return }
    if ($RunAs -eq 'Task') { Stop-ScheduledTask -TaskName $script:AgentTask -TaskPath '\' } else { Stop-Service -Name $script:AgentService -Confirm:$false }
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
        [Parameter(Mandatory)] [AllowEmptyCollection()] [System.Collections.Stack] $Journal
    )

    $exe = [IO.Path]::Combine($ProgramFolder, $script:Executable)
    if (-not [IO.File]::Exists($exe) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Stop after the cycle in progress')) { return }
    $ran = Test-AgentRunning -RunAs $Record.RunAs
    if ($Record.RunAs -eq 'Task') { Suspend-AgentTask -Journal $Journal -Confirm:$false }
    if ($ran) {
        Add-Undo -Journal $Journal -Say 'started the agent again' -Command 'Start-Runner' -With @{ RunAs = $Record.RunAs }
    }
    $stop = @('stop', '--wait', $StopWait.ToString('c')) + @(Get-DataArgument -DataFolder $Record.DataFolder)
    $answer = Invoke-Native -Tool $exe -Argument $stop -Allowed 0, 1
    if ($answer.Code -ne 0) { throw "The agent did not end within $($StopWait.ToString('c')): a cycle is in progress. Try again later, or allow more with -StopWait." }
    Stop-Runner -RunAs $Record.RunAs -Confirm:$false # the program has ended; a service's own state may lag behind
}

function Test-RunnerInstalled {
    <#
    .SYNOPSIS
    Whether the task or the service is there.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs)

    if ($RunAs -eq 'Task') { return $null -ne (Find-Task -TaskName $script:AgentTask) }
    $null -ne (Find-AgentService)
}

function Assert-Runner {
    <#
    .SYNOPSIS
    Stops an installation beside a task or service of the agent's name that no installation noted, for example one imported by hand.
    #>
    [CmdletBinding()]
    param($Record)

    foreach ($kind in 'Task', 'Service') {
        if ((Test-RunnerInstalled -RunAs $kind) -and ($null -eq $Record -or $Record.RunAs -ne $kind)) {
            throw "There is a $($kind.ToLowerInvariant()) of the agent that Install-MimHybrid.ps1 did not make here. Remove it first (task: '$script:AgentTask', service: '$script:AgentService'). Nothing was changed."
        }
    }
}
