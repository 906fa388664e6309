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
    Show-CheckAnswer -Answer (Get-PatientAnswer -Patience $Patience -Ask { Invoke-Native @check }) -As 'you'
}

function Get-PatientAnswer {
    <#
    .SYNOPSIS
    Asks for a check, and while Entra or Graph refuses, asks again for a while: what was made there a moment ago is not known everywhere at once.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [scriptblock] $Ask,
        [Parameter(Mandatory)] [timespan] $Patience
    )

    $answer = & $Ask
    for ($waited = 0; $waited -lt $Patience.TotalSeconds -and @($answer.Lines -match '^failed\s+(sign-in|graph)\s').Count -gt 0; $waited += 20) {
        Write-Report 'The check found something. What was made in Entra a moment ago may not be known everywhere yet: trying again in 20 seconds.'
        Start-Sleep -Seconds 20
        $answer = & $Ask
    }
    $answer
}

function Show-CheckAnswer {
    <#
    .SYNOPSIS
    Shows the lines of a check, and answers whether nothing failed.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] $Answer,
        [Parameter(Mandatory)] [string] $As
    )

    Write-Report "mimhybrid check, as ${As}:"
    foreach ($line in $Answer.Lines) { Write-Report "  $line" }
    $Answer.Code -eq 0
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
