# What Windows runs the agent by: the task or the service, asked and told the same.

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
        return $null -ne $task -and $task.Running
    }
    $service = Find-AgentService
    $null -ne $service -and "$($service.Status)" -ne 'Stopped'
}

function Test-AgentEnabled {
    <#
    .SYNOPSIS
    Whether the task or the service is there and may start by itself.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs)

    if ($RunAs -eq 'Task') {
        $task = Find-Task -TaskName $script:AgentTask
        return $null -ne $task -and $task.Enabled
    }
    $service = Find-AgentService
    $null -ne $service -and "$($service.StartType)" -eq 'Automatic'
}

function Suspend-Runner {
    <#
    .SYNOPSIS
    Keeps the task or the service from starting by itself, if it is there and may.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        $Journal
    )

    if (-not (Test-AgentEnabled -RunAs $RunAs) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Keep it from starting by itself')) { return }
    if ($Journal) { Add-Undo -Journal $Journal -Say 'let the agent start by itself again' -Command 'Resume-Runner' -With @{ RunAs = $RunAs } }
    if ($RunAs -eq 'Task') { Set-TaskEnabled -TaskName $script:AgentTask -Enabled $false -Confirm:$false }
    else { $null = Invoke-Native -Tool 'sc.exe' -Argument 'config', $script:AgentService, 'start=', 'demand' }
}

function Resume-Runner {
    <#
    .SYNOPSIS
    Lets the task or the service start by itself, if it is there and may not.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        $Journal
    )

    if (-not (Test-RunnerInstalled -RunAs $RunAs) -or (Test-AgentEnabled -RunAs $RunAs) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Let it start by itself')) { return }
    if ($Journal) { Add-Undo -Journal $Journal -Say 'kept the agent from starting by itself again' -Command 'Suspend-Runner' -With @{ RunAs = $RunAs } }
    if ($RunAs -eq 'Task') { Set-TaskEnabled -TaskName $script:AgentTask -Enabled $true -Confirm:$false }
    else { $null = Invoke-Native -Tool 'sc.exe' -Argument 'config', $script:AgentService, 'start=', 'delayed-auto' }
}

function Start-Runner {
    <#
    .SYNOPSIS
    Starts the task or the service, if it does not run.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs)

    if ((Test-AgentRunning -RunAs $RunAs) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Start')) { return }
    if ($RunAs -eq 'Task') { Start-Task -TaskName $script:AgentTask -Confirm:$false } else { Start-Service -Name $script:AgentService -Confirm:$false }
}

function Stop-Runner {
    <#
    .SYNOPSIS
    Stops the task or the service at once, if it runs.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs)

    if (-not (Test-AgentRunning -RunAs $RunAs) -or -not $PSCmdlet.ShouldProcess('MIM Hybrid Agent', 'Stop')) { return }
    if ($RunAs -eq 'Task') { Stop-Task -TaskName $script:AgentTask -Confirm:$false } else { Stop-Service -Name $script:AgentService -Confirm:$false }
}
