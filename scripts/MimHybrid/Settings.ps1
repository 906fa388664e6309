# appsettings.json: written once, never overwritten.

function Get-SettingsPath {
    <#
    .SYNOPSIS
    The settings of an installation.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $ProgramFolder)

    [IO.Path]::Combine($ProgramFolder, $script:SettingsFile)
}

function Find-SettingsFile {
    <#
    .SYNOPSIS
    The settings that an installation begins with: those in place, those that an earlier one left in the data folder, those filled in beside the executable; or nothing.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] [string] $Source
    )

    $inPlace = Get-SettingsPath -ProgramFolder $ProgramFolder
    if ([IO.File]::Exists($inPlace)) { return $inPlace }
    foreach ($folder in $DataFolder, $Source) {
        $path = [IO.Path]::Combine($folder, $script:SettingsFile)
        if (Test-SettingsFilled -Path $path) { return $path }
    }
}

function Save-SettingsFile {
    <#
    .SYNOPSIS
    Puts the settings beside the executable: from a file that was found, or made of what was given. Settings in place are left alone.
    .DESCRIPTION
    The program folder can be read by everybody, so a file with a client secret is made with rights of its own: whoever had it open before they were set would read the secret.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $AccountSid,
        [AllowEmptyString()] [string] $Found,
        [hashtable] $Graph = @{},
        [hashtable] $Mail,
        [securestring] $ClientSecret,
        [Parameter(Mandatory)] $Journal
    )

    $path = [IO.Path]::Combine($ProgramFolder, $script:SettingsFile)
    if ([IO.File]::Exists($path)) { Write-Verbose "$path is there and stays as it is."; return }
    if (-not $PSCmdlet.ShouldProcess($path, 'Write the settings')) { return }

    $secret = $null -ne $ClientSecret
    if ($Found) { $secret = Test-SettingsSecret -Path $Found }
    if ($Found -and $null -ne $Mail) { Write-Warning "The settings in $Found are kept as they are; whom to mail to is set there (README.md, Who is told)." }
    Add-Undo -Journal $Journal -Say "removed $path" -Command 'Remove-SettingsFile' -With @{ Path = $path }
    $bytes = if ($Found) { [IO.File]::ReadAllBytes($Found) } else { [Text.UTF8Encoding]::new($false).GetBytes((ConvertTo-SettingsText -Graph $Graph -Mail $Mail -ClientSecret $ClientSecret)) }
    Write-SettingsFile -Path $path -Content $bytes -AccountSid $(if ($secret) { $AccountSid })
    if ($secret) { Write-Report "The client secret is in $path, which only administrators and the agent's account can read. A certificate would leave no secret in a file." }
    Write-Report "Wrote $path$(if ($Found) { ", as in $Found" })."
}

function Copy-SettingsFile {
    <#
    .SYNOPSIS
    Copies the settings to another folder, with the rights that a secret in them needs.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $From,
        [Parameter(Mandatory)] [string] $To,
        [Parameter(Mandatory)] [string] $AccountSid
    )

    $source = [IO.Path]::Combine($From, $script:SettingsFile)
    $target = [IO.Path]::Combine($To, $script:SettingsFile)
    if (-not [IO.File]::Exists($source) -or -not [IO.Directory]::Exists($To) -or -not $PSCmdlet.ShouldProcess($target, 'Copy the settings')) { return }
    Assert-NoLink -Path $To
    [IO.File]::Delete($target) # of a time before; a link is removed and not followed
    Write-SettingsFile -Path $target -Content ([IO.File]::ReadAllBytes($source)) -AccountSid $(if (Test-SettingsSecret -Path $source) { $AccountSid })
}

function Write-SettingsFile {
    <#
    .SYNOPSIS
    Writes a settings file that must not have been there; with an account, only that one and administrators can read it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [byte[]] $Content,
        [AllowEmptyString()] [string] $AccountSid
    )

    $stream = if ($AccountSid) { New-ClosedFile -Path $Path -Sddl (ConvertTo-Sddl -Rule (Get-FileRule -Sid $AccountSid)) -Confirm:$false } else { [IO.FileStream]::new($Path, 'CreateNew', 'Write', 'None') }
    try { $stream.Write($Content, 0, $Content.Length) }
    finally { $stream.Dispose() }
}

function Remove-SettingsFile {
    <#
    .SYNOPSIS
    Removes a settings file, if it is there.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path)

    if ([IO.File]::Exists($Path) -and $PSCmdlet.ShouldProcess($Path, 'Remove the settings')) { [IO.File]::Delete($Path) }
}

function Remove-KeptSettingsFile {
    <#
    .SYNOPSIS
    Removes the settings that an earlier installation had left in the data folder, once they are beside the program again; and points to those with a secret that lie elsewhere.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [AllowEmptyString()] [string] $Found,
        [Parameter(Mandatory)] [string] $DataFolder,
        [Parameter(Mandatory)] [string] $ProgramFolder
    )

    $kept = [IO.Path]::Combine($DataFolder, $script:SettingsFile)
    if ($Found -eq $kept -and [IO.File]::Exists($kept) -and $PSCmdlet.ShouldProcess($kept, 'Remove the settings that are in place again')) { [IO.File]::Delete($kept) }
    elseif ($Found -and $Found -ne $kept -and $Found -ne [IO.Path]::Combine($ProgramFolder, $script:SettingsFile) -and (Test-SettingsSecret -Path $Found)) {
        Write-Warning "The settings in $Found hold a secret, and everybody who may read that folder can read it. They are in place now: delete that file."
    }
}
