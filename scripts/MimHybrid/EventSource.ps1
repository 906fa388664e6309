# The event source in the log Application. Written to the registry, because New-EventLog exists in Windows PowerShell only, and what .NET offers points, from
# PowerShell 7, at a message file in PowerShell's own folder, which the next update of PowerShell may take away. The message file of .NET Framework is on every Windows Server.

function Get-EventSourceKey {
    <#
    .SYNOPSIS
    Where Windows keeps an event source of the log Application: learn.microsoft.com/windows/win32/eventlog/event-sources.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    "HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\$script:EventSource"
}

function Register-EventSource {
    <#
    .SYNOPSIS
    Registers the event source if it is not there, and answers whether it did.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param([Parameter(Mandatory)] $Journal)

    $key = Get-EventSourceKey
    if (Test-Path -LiteralPath $key) { Write-Verbose 'The event source is there already.'; return $false }
    if (-not $PSCmdlet.ShouldProcess($script:EventSource, 'Register the event source in the log Application')) { return $false }
    Add-Undo -Journal $Journal -Say "removed the event source $script:EventSource" -Command 'Unregister-EventSource'
    $null = New-Item -Path $key -Confirm:$false
    $messages = '%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll'
    $null = New-ItemProperty -LiteralPath $key -Name 'EventMessageFile' -Value $messages -PropertyType 'ExpandString' -Confirm:$false
    $null = New-ItemProperty -LiteralPath $key -Name 'TypesSupported' -Value 7 -PropertyType 'DWord' -Confirm:$false # error, warning, information
    Write-Report "Registered the event source $script:EventSource in the log Application."
    $true
}

function Unregister-EventSource {
    <#
    .SYNOPSIS
    Removes the event source, if it is there. Events written under it stay in the log.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param()

    $key = Get-EventSourceKey
    if ((Test-Path -LiteralPath $key) -and $PSCmdlet.ShouldProcess($script:EventSource, 'Remove the event source')) { Remove-Item -LiteralPath $key -Confirm:$false }
}
