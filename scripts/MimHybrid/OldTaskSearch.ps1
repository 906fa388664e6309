# Which scheduled tasks are an old loop: found by what they run, since whoever set one up may have called it anything. README.md, From the old loop, has the rule.

$script:OldScript = 'runMimSync'
$script:LargestScript = 1MB
$script:ToldTasks = @() # each once

function Find-OldTask {
    <#
    .SYNOPSIS
    The tasks that may start and run MIM's run profiles: each with its name, what it was found by, and whether it runs those that the agent is to run.
    .DESCRIPTION
    Everybody who signs in may make tasks, so what one names is only read, and never a file of another computer: to ask that would sign the administrator in there.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string[]] $Agent)

    foreach ($task in @(Get-TaskBelow -Folder (Open-TaskFolder))) {
        $name = $task.Path.TrimStart('\')
        if (-not $task.Enabled -or $script:AgentTask, $script:CheckTask -contains $name) { continue }
        if ($name -eq $script:OldTask) { [pscustomobject]@{ Name = $name; Why = ''; IsOurs = $true }; continue }
        foreach ($said in @(Get-TaskText -Task $task)) {
            $found = Find-OldLoop -Text $said.Text -Agent $Agent
            if ($null -eq $found) { continue }
            [pscustomobject]@{ Name = ConvertTo-PlainText -Text $name; Why = "$($said.From) $($found.Names)"; IsOurs = $found.IsOurs }
            break
        }
    }
}

function Get-TaskBelow {
    <#
    .SYNOPSIS
    All tasks of a folder and of those below it, but for Windows' own.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Folder)

    $Folder.GetTasks(1) # 1: hidden ones, too
    foreach ($inner in $Folder.GetFolders(0)) {
        if ($inner.Path -ne '\Microsoft') { Get-TaskBelow -Folder $inner }
    }
}

function Get-TaskText {
    <#
    .SYNOPSIS
    What a task runs, as text: each program with its arguments, and the script that these name, where it can be read.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Task)

    foreach ($action in $Task.Definition.Actions) {
        if ([int] $action.Type -ne 0) { continue } # 0 is TASK_ACTION_EXEC: a program
        $line = [Environment]::ExpandEnvironmentVariables("$($action.Path) $($action.Arguments)")
        [pscustomobject]@{ From = 'its command line names'; Text = $line }
        foreach ($match in [regex]::Matches($line, '"(?<file>[^"]+\.(ps1|cmd|bat|vbs))"|''(?<file>[^'']+\.(ps1|cmd|bat|vbs))''|(?<file>[^\s"'']+\.(ps1|cmd|bat|vbs))(?![\w.])', 'IgnoreCase, CultureInvariant')) {
            $file = [IO.Path]::Combine([Environment]::ExpandEnvironmentVariables("$($action.WorkingDirectory)").Trim('"'), $match.Groups['file'].Value)
            $text = Read-TaskScript -Path $file
            if ($text) { [pscustomobject]@{ From = "$(ConvertTo-PlainText -Text $file), which it runs, names"; Text = $text } }
        }
    }
}

function Read-TaskScript {
    <#
    .SYNOPSIS
    The text of a script on this server; nothing where it is not there, is larger than any script, or cannot be read.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path)

    if ($Path -match '^[\\/]{2}' -or -not [IO.Path]::IsPathRooted($Path)) { return '' }
    try {
        $file = [IO.FileInfo]::new($Path)
        if ($file.Exists -and $file.Length -le $script:LargestScript) { return [IO.File]::ReadAllText($Path) }
    }
    catch { Write-Verbose "$Path cannot be read: $($_.Exception.Message)" }
    ''
}

function Find-OldLoop {
    <#
    .SYNOPSIS
    What in a text says that it runs MIM's run profiles: the script of the guide, or WMI's class of management agents with its method Execute; and whether it names one of ours. Nothing where it does not.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Text,
        [Parameter(Mandatory)] [string[]] $Agent
    )

    $none = 'IgnoreCase, CultureInvariant'
    if ([regex]::IsMatch($Text, $script:OldScript, $none)) { return [pscustomobject]@{ Names = $script:OldScript; IsOurs = $true } }
    if (-not [regex]::IsMatch($Text, '(?<!\w)MIIS_ManagementAgent(?!\w)', $none) -or -not [regex]::IsMatch($Text, '(?<!\w)Execute(?!\w)', $none)) { return }
    $ours = @($Agent | Where-Object { [regex]::IsMatch($Text, "(?<!\w)$([regex]::Escape($_))(?!\w)", $none) })
    [pscustomobject]@{ Names = ((@('MIIS_ManagementAgent', 'Execute') + $ours) -join ', '); IsOurs = $ours.Count -gt 0 }
}

function Get-UsedAgent {
    <#
    .SYNOPSIS
    The management agents that the agent is to run: the shipped names, and those that a settings file has.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([AllowEmptyString()] [string] $Settings)

    'AADMA', 'ADMA'
    if (-not $Settings -or -not [IO.File]::Exists($Settings)) { return }
    foreach ($match in [regex]::Matches([IO.File]::ReadAllText($Settings), '"ManagementAgent"\s*:\s*"(?<name>(?:[^"\\]|\\.)+)"', 'IgnoreCase, CultureInvariant')) {
        [regex]::Unescape($match.Groups['name'].Value)
    }
}

function Get-OldTask {
    <#
    .SYNOPSIS
    The names of the tasks that are the old loop. What was found by what it runs is said, and so is a task that runs management agents of which nobody knows whether they are ours: that one stays as it is.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([AllowEmptyString()] [string] $Settings)

    foreach ($task in @(Find-OldTask -Agent @(Get-UsedAgent -Settings $Settings))) {
        $isNews = $script:ToldTasks -notcontains "$($task.Name) $($task.IsOurs)"
        $script:ToldTasks += "$($task.Name) $($task.IsOurs)"
        if ($task.IsOurs) {
            if ($task.Why -and $isNews) { Write-Report "The task '$($task.Name)' runs MIM's run profiles: $($task.Why)." }
            $task.Name
        }
        elseif ($isNews) { Write-Warning "The task '$($task.Name)' runs MIM's run profiles ($($task.Why)), and of which management agents cannot be seen. It stays as it is. If the agent is to run them, disable it: schtasks /Change /TN `"$($task.Name)`" /DISABLE" }
    }
}

function Request-OldTaskEnd {
    <#
    .SYNOPSIS
    Asks whether the tasks of the old loop are to be disabled at the end, unless that was said beforehand, and answers it; no where there is none.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param(
        [AllowEmptyCollection()] [string[]] $TaskName,
        [AllowNull()] [Nullable[bool]] $DisableOldTask
    )

    if ($TaskName.Count -eq 0) { return $false }
    if ($null -ne $DisableOldTask) { return $DisableOldTask }
    $WhatIfPreference -or $PSCmdlet.ShouldContinue("Disable the task '$($TaskName -join "', '")' at the end? Two loops must not run MIM at once; with No, the agent is installed and not started.", 'The old loop')
}
