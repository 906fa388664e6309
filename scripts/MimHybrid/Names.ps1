# Where MIM's management agents or run profiles have other names than the settings: the agent finds them, and the installation goes on with them.

function Invoke-NamedCheck {
    <#
    .SYNOPSIS
    The check of an installation, made again where the agent has found other names of MIM's meanwhile; answers whether nothing failed.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [hashtable] $Check,
        [AllowNull()] [Nullable[bool]] $DiscoverNames
    )

    if (Invoke-InstallationCheck @Check) { return $true }
    $common = $Check['Common']
    if (-not (Resolve-AgentName -ProgramFolder $Check['ProgramFolder'] -DataFolder $Check['DataFolder'] -Journal $Check['Journal'] -DiscoverNames $DiscoverNames @common)) { return $false }
    Invoke-InstallationCheck @Check
}

function Resolve-AgentName {
    <#
    .SYNOPSIS
    Where the last check missed management agents or run profiles, offers to let the agent look for them and write what fits into the settings; answers whether it wrote some.
    .DESCRIPTION
    The agent is asked as the person at work: its account must not change the settings. Whoever said it beforehand, or -Confirm:$false, or has no window to answer in, is not asked.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] $Journal,
        [AllowNull()] [Nullable[bool]] $DiscoverNames
    )

    if (-not (Test-NameMissing)) { return $false }
    if ($null -eq $DiscoverNames -and $PSBoundParameters.ContainsKey('Confirm') -and -not $PSBoundParameters['Confirm']) { return $false }
    $settings = Get-SettingsPath -ProgramFolder $ProgramFolder
    try {
        if (-not $(if ($null -ne $DiscoverNames) { $DiscoverNames } else { $PSCmdlet.ShouldContinue("Ask MIM, as you, which management agents and run profiles it has, and write the sequences that fit them into $($settings)? The file as it was is kept beside it, and the check runs again.", 'Other names') })) { return $false }
    }
    catch { Write-Verbose "Nobody can be asked here: $($_.Exception.Message)"; return $false }
    $before = @(Get-SettingsCopy -Path $settings)
    Add-Undo -Journal $Journal -Say "put $settings back as it was" -Command 'Restore-SettingsFile' -With @{ Path = $settings; Kept = $before }
    $answer = Invoke-Native -Tool ([IO.Path]::Combine($ProgramFolder, $script:Executable)) -Argument (@('config', 'discover', '--write') + @(Get-DataArgument -DataFolder $DataFolder)) -Allowed 0, 3, 4
    Write-Report 'mimhybrid config discover --write, as you:'
    foreach ($line in $answer.Lines) { Write-Report "  $line" }
    @(Get-SettingsCopy -Path $settings).Count -gt $before.Count
}

function Test-NameMissing {
    <#
    .SYNOPSIS
    Whether the last check missed management agents or run profiles.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    @($script:CheckLines -match '^failed\s+(management-agents|run-profiles)\s').Count -gt 0
}

function Get-SettingsCopy {
    <#
    .SYNOPSIS
    The names of the copies of a settings file that the agent has kept beside it.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $Path)

    foreach ($copy in [IO.Directory]::GetFiles([IO.Path]::GetDirectoryName($Path), "$([IO.Path]::GetFileName($Path)).before-*")) { [IO.Path]::GetFileName($copy) }
}

function Restore-SettingsFile {
    <#
    .SYNOPSIS
    Puts a settings file back as it was before the agent changed it, if it did: the copy that was not there before is the old file itself, with its rights.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Kept
    )

    foreach ($copy in @(Get-SettingsCopy -Path $Path | Where-Object { $Kept -notcontains $_ })) {
        [IO.File]::Delete($Path)
        [IO.File]::Move([IO.Path]::Combine([IO.Path]::GetDirectoryName($Path), $copy), $Path)
    }
}
