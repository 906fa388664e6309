# The agent's check, run as the agent's account: what that account may do with the certificate's key, in MIM, in the data folder and at the proxy, no administrator can see.

$script:MayLogOn = 'see that the account may log on as a batch job, that no policy denies it (secpol.msc, User Rights Assignment), and that it may read the program folder'

function Invoke-InstallationCheck {
    <#
    .SYNOPSIS
    Runs the agent's check as the account where Windows signs it in for that, else as the administrator, and says so.
    .DESCRIPTION
    For a task Windows signs the account in by its password, if it has one. For a service it does by another right; the one for tasks is not given only for this.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] $Account,
        [pscredential] $Credential,
        [Parameter(Mandatory)] $Journal,
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        [Parameter(Mandatory)] [bool] $IsNew,
        [timespan] $Patience = [timespan]::Zero,
        [hashtable] $Common = @{} # -WhatIf and its kin, as the script was given them
    )

    $place = @{ ProgramFolder = $ProgramFolder; DataFolder = $DataFolder; Patience = $Patience }
    if ($RunAs -eq 'Task' -and ($IsNew -or $Account.IsManaged -or $null -ne $Credential)) { return Invoke-AccountCheck @place -Account $Account -Credential $Credential -Journal $Journal @Common }
    Invoke-AgentCheck @place @Common
    if (-not $Common['WhatIf']) { Write-Unproven -RunAs $RunAs -Account $Account }
}

function Invoke-AccountCheck {
    <#
    .SYNOPSIS
    Runs the agent's check as the account, by a temporary task, shows its lines, and answers whether nothing failed; with patience, tries again for a while.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] $Account,
        [pscredential] $Credential,
        [Parameter(Mandatory)] $Journal,
        [timespan] $Patience = [timespan]::Zero
    )

    if (-not $PSCmdlet.ShouldProcess($Account.Name, "Check settings, rights, sign-in, MIM and the task as this account, by the temporary task '$script:CheckTask'")) { return $true }
    $found = [IO.Path]::Combine($DataFolder, "check-$([Guid]::NewGuid().ToString('N')).txt")
    Uninstall-CheckTask -Confirm:$false # one that somebody made by hand
    Add-Undo -Journal $Journal -Say "removed the task '$script:CheckTask'" -Command 'Uninstall-CheckTask' -With @{ Found = $found }
    $task = @{ ProgramFolder = $ProgramFolder; DataFolder = $DataFolder; Account = $Account; Credential = $Credential; WorkFolder = $Journal.Folder; Found = $found }
    Write-Report "Checking as $($Account.Name), by the temporary task '$script:CheckTask'. Waiting for its end, three minutes at most."
    Show-CheckAnswer -Answer (Get-PatientAnswer -Patience $Patience -Ask { Get-AccountAnswer @task }) -As $Account.Name
}

function Get-AccountAnswer {
    <#
    .SYNOPSIS
    What one run of the check as the account ended with and said. That it did not come to an end is said as a failed check: the agent's own task would fare no better.
    .DESCRIPTION
    The account writes into the data folder, where nobody else comes in but administrators and, if named, operators. The exit code comes from Task Scheduler, so what is in the file decides nothing.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] $Account,
        [pscredential] $Credential,
        [Parameter(Mandatory)] [string] $WorkFolder,
        [Parameter(Mandatory)] [string] $Found
    )

    $definition = Get-TaskDefinition -ProgramFolder $ProgramFolder -DataFolder $DataFolder -Account $Account -WorkFolder $WorkFolder -More '--check', $Found
    try {
        Register-TaskDefinition -TaskName $script:CheckTask -Definition $definition -Account $Account -Credential $Credential
        Start-Task -TaskName $script:CheckTask -Confirm:$false
        $code = Wait-CheckTask
        $trouble = Get-CheckTrouble -Code $code -Found $Found
    }
    catch { $trouble = "$($_.Exception.Message.TrimEnd('.')); $script:MayLogOn" }
    $lines = if ($trouble) { "failed   account            the check as $($Account.Name): $trouble" }
    else { [IO.File]::ReadAllLines($Found) | ForEach-Object { ConvertTo-PlainText -Text $_ } } # the account's own words
    Uninstall-CheckTask -Found $Found -Confirm:$false
    [pscustomobject]@{ Code = $(if ($trouble) { 4 } else { $code }); Lines = @($lines) }
}

function Get-CheckTrouble {
    <#
    .SYNOPSIS
    Why a run of the check has no findings to show, and what to do; nothing when it has.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [AllowNull()] [Nullable[long]] $Code,
        [Parameter(Mandatory)] [string] $Found
    )

    $window = "see what it says in a window of that account (runas), where 'mimhybrid check' shows line by line how far it comes"
    if ($null -eq $Code) { return "it did not end within three minutes; $window" }
    $text = [string]::Format([Globalization.CultureInfo]::InvariantCulture, '0x{0:X8}', $Code)
    # Of Windows (0x8007....), with its own words for it, or of Task Scheduler (0x8004....): it did not start the program.
    if (($Code -shr 16) -eq 0x8007) { return "Windows says $text, $([ComponentModel.Win32Exception]::new([int] ($Code -band 0xFFFF)).Message.TrimEnd('.')); $script:MayLogOn" }
    if (($Code -shr 16) -eq 0x8004) { return "Task Scheduler says $text; $script:MayLogOn" }
    if (0, 3, 4 -notcontains $Code) { return "it ended with $text; $window" }
    if (Test-Link -Path $Found) { return "there is a link in the place of its findings, $Found; look at who made it" }
    if (-not [IO.File]::Exists($Found)) { "it could not write its findings; let the account modify $([IO.Path]::GetDirectoryName($Found))" }
}

function Write-Unproven {
    <#
    .SYNOPSIS
    Says what a check that was made as the administrator leaves open, and why it was made so.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        [Parameter(Mandatory)] $Account
    )

    if ($RunAs -eq 'Task') { Write-Report "$($Account.Name) was not checked anew: that needs its password (-Credential). How the agent does: mimhybrid status" }
    else { Write-Report "The check ran as you: only the service itself signs in as $($Account.Name). Whether that account may use the data folder, the certificate and MIM shows in its first cycle: mimhybrid status" }
}

function Wait-CheckTask {
    <#
    .SYNOPSIS
    Waits for the end of the task that checks, and gives what it ended with: the exit code, or why Task Scheduler did not run it. Nothing when it has not ended in time.
    #>
    [CmdletBinding()]
    [OutputType([long])]
    param()

    # SCHED_S_TASK_RUNNING, SCHED_S_TASK_HAS_NOT_RUN, SCHED_S_TASK_QUEUED (MS-TSCH 2.3.14): it was made a moment ago, so anything else is of this run.
    $unfinished = 0x41301, 0x41303, 0x41325
    for ($waited = 0; $waited -lt 180; $waited += 2) {
        Start-Sleep -Seconds 2
        $task = Find-Task -TaskName $script:CheckTask
        if ($null -eq $task) { throw "the task '$script:CheckTask' was removed while it ran" }
        if (-not $task.Running -and -not $task.Queued -and $unfinished -notcontains $task.Result) { return $task.Result }
    }
}

function Uninstall-CheckTask {
    <#
    .SYNOPSIS
    Removes the task that checks, if it is there, and what it wrote.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([AllowEmptyString()] [string] $Found = '')

    if ((Find-Task -TaskName $script:CheckTask) -and $PSCmdlet.ShouldProcess($script:CheckTask, 'Remove the scheduled task')) { Remove-Task -TaskName $script:CheckTask -Confirm:$false }
    if (-not $Found) { return }
    foreach ($file in $Found, "$Found.part") {
        if ([IO.File]::Exists($file)) { [IO.File]::Delete($file) }
    }
}
