# The scheduled task of the agent, and the one that it replaces.

function Find-Task {
    <#
    .SYNOPSIS
    A scheduled task at the top folder by its name, or nothing.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $TaskName)

    Get-ScheduledTask -TaskPath '\' -ErrorAction SilentlyContinue | Where-Object { $_.TaskName -eq $TaskName }
}

function Get-TaskDefinition {
    <#
    .SYNOPSIS
    The definition of a task for an account, as the agent itself writes it.
    #>
    [CmdletBinding()]
    [OutputType([xml])]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] $Account,
        [Parameter(Mandatory)] [string] $WorkFolder,
        [Parameter(Mandatory)] [string[]] $More
    )

    $file = [IO.Path]::Combine($WorkFolder, 'task.xml')
    $logon = if ($Account.IsManaged) { 'Gmsa' } else { 'Password' }
    $show = @('task', 'show', '--account', $Account.Name, '--logon', $logon, '--output', $file) + $More + @(Get-DataArgument -DataFolder $DataFolder)
    $null = Invoke-Native -Tool ([IO.Path]::Combine($ProgramFolder, $script:Executable)) -Argument $show
    [xml] [IO.File]::ReadAllText($file)
}

function Register-TaskDefinition {
    <#
    .SYNOPSIS
    Registers a task for its account.
    .DESCRIPTION
    A group managed service account has no password to give: its task is registered as the definition says, without -User
    (github.com/deadlydog/AzureDevOps.WindowsScheduledTasks/issues/20, and ansible pull request 60990: logon type Password, no password).
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $TaskName,
        [Parameter(Mandatory)] [xml] $Definition,
        [Parameter(Mandatory)] $Account,
        [pscredential] $Credential
    )

    if ($Account.IsManaged) { $null = Register-ScheduledTask -TaskName $TaskName -Xml $Definition.OuterXml }
    else { Register-TaskWithPassword -TaskName $TaskName -Xml $Definition.OuterXml -Credential $Credential }
}

function Install-AgentTask {
    <#
    .SYNOPSIS
    Registers the scheduled task from the definition that the agent itself writes; it does not start anything before Resume-Runner.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] $Account,
        [pscredential] $Credential,
        [Parameter(Mandatory)] [timespan] $BootDelay,
        [Parameter(Mandatory)] $Journal
    )

    if (Find-Task -TaskName $script:AgentTask) { Write-Verbose "The task '$script:AgentTask' is there already."; return }
    if (-not $PSCmdlet.ShouldProcess($script:AgentTask, "Register the scheduled task as $($Account.Name)")) { return }
    $definition = Get-TaskDefinition -ProgramFolder $ProgramFolder -DataFolder $DataFolder -Account $Account -WorkFolder $Journal.Folder -More '--delay', $BootDelay.ToString('c')
    $definition.Task.Settings.Enabled = 'false' # until everything is checked: its watchdog trigger would start the agent meanwhile, beside the old loop

    Add-Undo -Journal $Journal -Say "removed the task '$script:AgentTask'" -Command 'Uninstall-AgentTask'
    Register-TaskDefinition -TaskName $script:AgentTask -Definition $definition -Account $Account -Credential $Credential
    Write-Report "Registered the scheduled task '$script:AgentTask': at startup, $($BootDelay.ToString('c')) later, as $($Account.Name)."
}

function Uninstall-AgentTask {
    <#
    .SYNOPSIS
    Removes the agent's task, if it is there.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param()

    if ((Find-Task -TaskName $script:AgentTask) -and $PSCmdlet.ShouldProcess($script:AgentTask, 'Remove the scheduled task')) {
        Stop-Runner -RunAs Task -Confirm:$false # removing a task does not end what it started
        Unregister-ScheduledTask -TaskName $script:AgentTask -TaskPath '\' -Confirm:$false
    }
}

function Stop-Task {
    <#
    .SYNOPSIS
    Ends what a task runs, and waits until it has ended, for twenty seconds at most: a program that still ends can be neither moved nor deleted.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $TaskName)

    if (-not $PSCmdlet.ShouldProcess($TaskName, 'End')) { return }
    Stop-ScheduledTask -TaskName $TaskName -TaskPath '\'
    for ($waited = 0; $waited -lt 20 -and "$((Find-Task -TaskName $TaskName).State)" -eq 'Running'; $waited += 2) { Start-Sleep -Seconds 2 }
}

function Disable-OldTask {
    <#
    .SYNOPSIS
    Ends and disables the task of the old loop; two loops must not run MIM at once. Answers whether it did.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param([Parameter(Mandatory)] $Journal)

    $old = Find-Task -TaskName $script:OldTask
    if ($null -eq $old -or "$($old.State)" -eq 'Disabled') { return $false }
    if (-not $PSCmdlet.ShouldProcess($script:OldTask, 'Disable the scheduled task of the old loop')) { return $false }
    Add-Undo -Journal $Journal -Say "enabled the task '$script:OldTask' again" -Command 'Enable-OldTask' -With @{ Start = "$($old.State)" -eq 'Running' }
    $null = Disable-ScheduledTask -TaskName $script:OldTask -TaskPath '\'
    # A disabled task that runs would run on. A run profile that it had started goes on in MIM; the agent waits for it.
    if ("$($old.State)" -eq 'Running') { Stop-ScheduledTask -TaskName $script:OldTask -TaskPath '\' }
    Write-Report "Disabled the task '$script:OldTask'. It is still there: Enable-ScheduledTask -TaskName '$script:OldTask' brings it back."
    $true
}

function Enable-OldTask {
    <#
    .SYNOPSIS
    Enables the task of the old loop again and, if it ran, starts it.
    #>
    [CmdletBinding()]
    param([bool] $Start)

    $null = Enable-ScheduledTask -TaskName $script:OldTask -TaskPath '\'
    if ($Start) { Start-ScheduledTask -TaskName $script:OldTask -TaskPath '\' }
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
    $null -ne $old -and "$($old.State)" -ne 'Disabled'
}
