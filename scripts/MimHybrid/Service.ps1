# The Windows service, the alternative to the task.

function Find-AgentService {
    <#
    .SYNOPSIS
    The agent's service, or nothing.
    #>
    [CmdletBinding()]
    param()

    Get-Service -Name $script:AgentService -ErrorAction SilentlyContinue
}

function Install-AgentService {
    <#
    .SYNOPSIS
    Makes the Windows service: only with MIM's synchronization service, restarted when it fails, and not started by Windows before Resume-Runner.
    .DESCRIPTION
    New-Service takes a credential, so a password is on no command line. For a group managed service account Windows wants no password at all, which
    New-Service cannot say (github.com/PowerShell/PowerShell/issues/15766, MicrosoftDocs/PowerShell-Docs/issues/6729); sc.exe can.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] $Account,
        [pscredential] $Credential,
        [Parameter(Mandatory)] $Journal
    )

    if (Find-AgentService) { Write-Verbose 'The service is there already.'; return }
    if (-not $PSCmdlet.ShouldProcess($script:AgentService, "Make the Windows service as $($Account.Name)")) { return }
    $line = "`"$([IO.Path]::Combine($ProgramFolder, $script:Executable))`" run"
    $data = @(Get-DataArgument -DataFolder $DataFolder)
    if ($data.Count -gt 0) { $line += " --data `"$($data[1])`"" }
    $service = @{
        Name           = $script:AgentService
        BinaryPathName = $line
        DisplayName    = 'MIM Hybrid Agent'
        Description    = 'Runs the run profiles of Microsoft Identity Manager when guests of the Microsoft Entra tenant changed.'
        StartupType    = 'Manual'
        DependsOn      = 'FIMSynchronizationService'
    }
    if (-not $Account.IsManaged) { $service['Credential'] = $Credential }

    Add-Undo -Journal $Journal -Say "removed the service $script:AgentService" -Command 'Uninstall-AgentService'
    $null = New-Service @service -Confirm:$false
    # sc.exe wants a blank after each equals sign, that is, the value as an argument of its own: learn.microsoft.com/windows-server/administration/windows-commands/sc-config.
    if ($Account.IsManaged) {
        $null = Invoke-Native -Tool 'sc.exe' -Argument 'config', $script:AgentService, 'obj=', $Account.Name
        # So that Windows knows that it fetches the password itself, and waits for the domain at its start; sc.exe qmanagedaccount shows it.
        $null = Invoke-Native -Tool 'sc.exe' -Argument 'managedaccount', $script:AgentService, 'true'
    }
    $null = Invoke-Native -Tool 'sc.exe' -Argument 'failure', $script:AgentService, 'reset=', '86400', 'actions=', 'restart/60000/restart/60000/restart/300000'
    $null = Invoke-Native -Tool 'sc.exe' -Argument 'failureflag', $script:AgentService, '1' # also when it ends by itself with an error
    Write-Report "Made the service $script:AgentService as $($Account.Name)."
}

function Uninstall-AgentService {
    <#
    .SYNOPSIS
    Removes the agent's service, if it is there. Remove-Service exists in PowerShell 7 only.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param()

    if ((Find-AgentService) -and $PSCmdlet.ShouldProcess($script:AgentService, 'Remove the Windows service')) {
        $null = Invoke-Native -Tool 'sc.exe' -Argument 'delete', $script:AgentService
    }
}
