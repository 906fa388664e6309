# Scheduled tasks, and the one of the agent.

$script:NoStoredPassword = "A policy forbids that Windows stores passwords on this server, and a task that runs while nobody is signed in needs that (0x80070520). Whoever maintains the policy must disable 'Network access: Do not allow storage of passwords and credentials for network authentication' for this server (Computer Configuration, Windows Settings, Security Settings, Local Policies, Security Options). Or run the agent as a group managed service account, or with -RunAs Service: these need no stored password of a task"

function Find-Task {
    <#
    .SYNOPSIS
    A scheduled task by its name, below a folder with that folder's (Folder\Name), with what it does now; or nothing.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $TaskName)

    $folder = Open-TaskFolder
    $end = $TaskName.LastIndexOf('\', [StringComparison]::Ordinal)
    if ($end -gt 0) {
        try { $folder = $folder.GetFolder("\$($TaskName.Substring(0, $end))") }
        catch { return } # it is gone, and the task with it
    }
    foreach ($task in $folder.GetTasks(1)) { # 1: hidden ones, too
        if ($task.Path.TrimStart('\') -ne $TaskName) { continue }
        $state = [int] $task.State # 2 is queued, 4 is running; one that is disabled and runs may say that it is disabled
        [pscustomobject]@{
            Enabled = [bool] $task.Enabled
            Running = $state -eq 4 -or @($task.GetInstances(0)).Count -gt 0
            Queued  = $state -eq 2
            Result  = [long] $task.LastTaskResult -band 4294967295 # of a number with a sign
            Task    = $task
        }
    }
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
    Registers a task for its account: with its password, or for a group managed service account with none.
    .DESCRIPTION
    ITaskFolder::RegisterTask: 2 is TASK_CREATE, which leaves a task of that name alone; 1 is TASK_LOGON_PASSWORD, for a managed account, too, which has nothing in the place of
    a password, not even an empty text (github.com/ansible/ansible/issues/60989, github.com/dahall/TaskScheduler/issues/190).
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $TaskName,
        [Parameter(Mandatory)] [xml] $Definition,
        [Parameter(Mandatory)] $Account,
        [pscredential] $Credential
    )

    $folder = Open-TaskFolder
    try {
        if ($Account.IsManaged) { $null = $folder.RegisterTask($TaskName, $Definition.OuterXml, 2, $Account.Name, $null, 1, $null) }
        else { $null = $folder.RegisterTask($TaskName, $Definition.OuterXml, 2, $Credential.UserName, $Credential.GetNetworkCredential().Password, 1, $null) }
    }
    catch {
        $why = $_.Exception.GetBaseException()
        if ($why.HResult -eq -2147023584) { throw $script:NoStoredPassword } # 0x80070520, ERROR_NO_SUCH_LOGON_SESSION
        throw $why.Message
    }
}

function Set-TaskEnabled {
    <#
    .SYNOPSIS
    Lets a task start, or keeps it from starting, if it is there.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $TaskName,
        [Parameter(Mandatory)] [bool] $Enabled
    )

    $found = Find-Task -TaskName $TaskName
    if ($found -and $PSCmdlet.ShouldProcess($TaskName, "Set enabled to $Enabled")) { $found.Task.Enabled = $Enabled }
}

function Start-Task {
    <#
    .SYNOPSIS
    Starts a task; fails when there is none of that name.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $TaskName)

    if ($PSCmdlet.ShouldProcess($TaskName, 'Start')) { $null = (Find-Task -TaskName $TaskName).Task.Run($null) }
}

function Remove-Task {
    <#
    .SYNOPSIS
    Removes a task, if it is there; what it runs is ended first, since removing would not do that.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $TaskName)

    $found = Find-Task -TaskName $TaskName
    if (-not $found -or -not $PSCmdlet.ShouldProcess($TaskName, 'Remove the scheduled task')) { return }
    if ($found.Running) { Stop-Task -TaskName $TaskName -Confirm:$false }
    (Open-TaskFolder).DeleteTask($TaskName, 0)
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

    if ((Find-Task -TaskName $script:AgentTask) -and $PSCmdlet.ShouldProcess($script:AgentTask, 'Remove the scheduled task')) { Remove-Task -TaskName $script:AgentTask -Confirm:$false }
}

function Stop-Task {
    <#
    .SYNOPSIS
    Ends what a task runs, and waits until it has ended, for twenty seconds at most: a program that still ends can be neither moved nor deleted.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $TaskName)

    if (-not $PSCmdlet.ShouldProcess($TaskName, 'End')) { return }
    (Find-Task -TaskName $TaskName).Task.Stop(0)
    for ($waited = 0; $waited -lt 20 -and (Find-Task -TaskName $TaskName).Running; $waited += 2) { Start-Sleep -Seconds 2 }
}
