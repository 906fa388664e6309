# The task of the old loop, which the agent replaces. Nothing is changed of it but whether it may start.

function Disable-OldTask {
    <#
    .SYNOPSIS
    Ends and disables the task of the old loop; two loops must not run MIM at once. The event log tells it before, for whoever finds that nothing runs MIM because the window was closed then.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] $Journal)

    $old = Find-Task -TaskName $script:OldTask
    if ($null -eq $old -or -not $old.Enabled -or -not $PSCmdlet.ShouldProcess($script:OldTask, 'Disable the scheduled task of the old loop')) { return }
    Add-Undo -Journal $Journal -Say "enabled the task '$script:OldTask' again" -Command 'Enable-OldTask' -With @{ Start = $old.Running }
    $told = "The installation of the agent disables the task '$script:OldTask' now and starts the agent then. If no entry follows that says that the agent runs, no loop runs MIM's profiles: run Install-MimHybrid.ps1 again, or enable that task."
    try { Write-AgentEvent -Text $told } catch { Write-Warning "The event log does not take this: $told $($_.Exception.Message)" }
    Set-TaskEnabled -TaskName $script:OldTask -Enabled $false -Confirm:$false
    # A disabled task that runs would run on. A run profile that it had started goes on in MIM; the agent waits for it.
    if ($old.Running) { Stop-Task -TaskName $script:OldTask -Confirm:$false }
    Write-Report "Disabled the task '$script:OldTask'. It is still there: schtasks /Change /TN `"$script:OldTask`" /ENABLE brings it back."
}

function Enable-OldTask {
    <#
    .SYNOPSIS
    Enables the task of the old loop again and, if it ran, starts it.
    #>
    [CmdletBinding()]
    param([bool] $Start)

    Set-TaskEnabled -TaskName $script:OldTask -Enabled $true -Confirm:$false
    if ($Start) { Start-Task -TaskName $script:OldTask -Confirm:$false }
}

function Test-OldTask {
    <#
    .SYNOPSIS
    Whether the task of the old loop is there and may start.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    $old = Find-Task -TaskName $script:OldTask
    $null -ne $old -and $old.Enabled
}
