# The task of the old loop, which the agent replaces, changed: nothing but whether it may start, and its description, which says so. OldTaskSearch.ps1 finds it.

$script:NoteBegin = '[MimHybrid]'
$script:NoteEnd = '[/MimHybrid]'
# In memory only, for this run: Windows changes a task that has a stored password only with that password (learn.microsoft.com/windows/win32/taskschd/taskfolder-registertaskdefinition).
$script:OldTaskCredential = $null

function Disable-OldTask {
    <#
    .SYNOPSIS
    Ends and disables a task of the old loop; two loops must not run MIM at once. The event log tells it before, and the task itself, for whoever finds that nothing runs MIM because the window was closed then.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $TaskName,
        [Parameter(Mandatory)] $Journal,
        [pscredential] $Credential
    )

    $old = Find-Task -TaskName $TaskName
    if ($null -eq $old -or -not $old.Enabled -or -not $PSCmdlet.ShouldProcess($TaskName, 'Disable the scheduled task of the old loop')) { return }
    $script:OldTaskCredential = $Credential
    Add-Undo -Journal $Journal -Say "enabled the task '$TaskName' again" -Command 'Enable-OldTask' -With @{ TaskName = $TaskName; Start = $old.Running }
    $told = "The installation of the agent disables the task '$TaskName' now and starts the agent then. If no entry follows that says that the agent runs, no loop runs MIM's profiles: run Install-MimHybrid.ps1 again, or enable that task."
    try { Write-AgentEvent -Text $told } catch { Write-Warning "The event log does not take this: $told $($_.Exception.Message)" }
    $day = [DateTime]::UtcNow.ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture)
    $note = "The installation of MimHybrid disabled this task on $day (UTC): the task or service '$script:AgentTask' runs MIM's profiles instead. If that is not there, or 'mimhybrid status' says that the agent does not run, no loop runs: run Install-MimHybrid.ps1 again to go on, or enable this task to go back."
    $isNoted = Update-OldTask -TaskName $TaskName -Note $note -Enabled $false -Confirm:$false
    # A disabled task that runs would run on. A run profile that it had started goes on in MIM; the agent waits for it.
    if ($old.Running) { Stop-Task -TaskName $TaskName -Confirm:$false }
    $where = if ($isNoted) { 'Its description says so.' } else { 'Its description does not say so: Windows changes that only with the password of its account.' }
    Write-Report "Disabled the task '$TaskName'. $where It is still there: schtasks /Change /TN `"$TaskName`" /ENABLE brings it back."
}

function Enable-OldTask {
    <#
    .SYNOPSIS
    Enables a task of the old loop again, takes the note off it and, if it ran or is wanted to, starts it.
    #>
    [CmdletBinding()]
    param(
        [string] $TaskName = $script:OldTask, # a journal that an earlier version wrote names none
        [bool] $Start
    )

    $old = Find-Task -TaskName $TaskName
    if ($null -eq $old) { return }
    if (-not (Update-OldTask -TaskName $TaskName -Note '' -Enabled $true -Confirm:$false) -and "$($old.Task.Definition.RegistrationInfo.Description)".Contains($script:NoteBegin)) {
        Write-Warning "The task '$TaskName' is enabled again. Its description still says that it was disabled, because Windows changes that only with the password of its account. Delete what stands there between $script:NoteBegin and $script:NoteEnd."
    }
    if ($Start) { Start-Task -TaskName $TaskName -Confirm:$false }
}

function Resume-OldLoop {
    <#
    .SYNOPSIS
    The way back: enables and starts each task that the installation had disabled. One that does not start is told, and does not keep the rest of an uninstallation from being done.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $TaskName)

    foreach ($one in $TaskName) {
        if ($null -eq (Find-Task -TaskName $one)) { Write-Warning "The task '$one' of the old loop is not there any more."; continue }
        if (-not $PSCmdlet.ShouldProcess($one, 'Enable and start the scheduled task of the old loop')) { continue }
        try {
            Enable-OldTask -TaskName $one -Start $true
            Write-Report "Enabled the task '$one' of the old loop, and started it."
        }
        catch { Write-Warning "The task '$one' of the old loop did not start: $($_.Exception.GetBaseException().Message.TrimEnd('.')). Start it by hand: schtasks /Run /TN `"$one`"" }
    }
}

function Update-OldTask {
    <#
    .SYNOPSIS
    Lets the old task start or not, with a note in its description or with none, and answers whether the description is as it was to be. Where Windows does not take both at once, the first is done.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $TaskName,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Note,
        [Parameter(Mandatory)] [bool] $Enabled
    )

    if (-not $PSCmdlet.ShouldProcess($TaskName, "Set enabled to $Enabled, and say so in its description")) { return $false }
    $isNoted = $false
    try { $isNoted = Save-OldTaskNote -TaskName $TaskName -Note $Note -Enabled $Enabled -Confirm:$false }
    catch { Write-Verbose "The description of '$TaskName' cannot be changed: $($_.Exception.Message)" }
    if ((Find-Task -TaskName $TaskName).Enabled -ne $Enabled) { Set-TaskEnabled -TaskName $TaskName -Enabled $Enabled -Confirm:$false }
    $isNoted
}

function Save-OldTaskNote {
    <#
    .SYNOPSIS
    Registers the old task anew as it is but for its description and whether it may start, and answers whether that could be done: it cannot without its password, if it has one.
    .DESCRIPTION
    The logon types are those of TASK_LOGON_TYPE: 1 and 6 have a password, except for a managed account. 36 is TASK_UPDATE, without starting what starts at a registration.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $TaskName,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Note,
        [Parameter(Mandatory)] [bool] $Enabled
    )

    $definition = (Find-Task -TaskName $TaskName).Task.Definition
    $principal = $definition.Principal
    $logon = [int] $principal.LogonType
    $user, $password = $null, $null
    if (1, 6 -contains $logon) {
        $sid = if ($principal.UserId -match '^S-1-') { $principal.UserId } else { ConvertTo-Sid -Name $principal.UserId }
        $user = ConvertTo-AccountName -Sid $sid
        if ($user -notlike '*$') {
            if ($null -eq $script:OldTaskCredential -or (ConvertTo-Sid -Name $script:OldTaskCredential.UserName) -ne $sid) { return $false }
            $password = $script:OldTaskCredential.GetNetworkCredential().Password
        }
    }
    $own = [regex]::Replace("$($definition.RegistrationInfo.Description)", "\s*$([regex]::Escape($script:NoteBegin))[\s\S]*?$([regex]::Escape($script:NoteEnd))", '')
    $text = if ($Note) { "$own $script:NoteBegin $Note $script:NoteEnd".TrimStart() } else { $own }
    if ($text -eq "$($definition.RegistrationInfo.Description)") { return $true }
    if (-not $PSCmdlet.ShouldProcess($TaskName, 'Change its description')) { return $false }
    $definition.RegistrationInfo.Description = $text
    $definition.Settings.Enabled = $Enabled
    $null = (Open-TaskFolder).RegisterTaskDefinition($TaskName, $definition, 36, $user, $password, $logon, $null)
    $true
}
