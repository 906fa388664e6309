# The program folder: checked, copied, removed.

function Get-RelativeFile {
    <#
    .SYNOPSIS
    The files below a folder, named from there.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $Folder)

    $root = $Folder.TrimEnd('\', '/').Length + 1
    @([IO.Directory]::GetFiles($Folder, '*', [IO.SearchOption]::AllDirectories) | ForEach-Object { $_.Substring($root).Replace('\', '/') })
}

function Get-Sha256 {
    <#
    .SYNOPSIS
    The SHA-256 of a file, in small hexadecimal digits.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path)

    $sha = [Security.Cryptography.SHA256]::Create()
    $stream = [IO.File]::OpenRead($Path)
    try { [BitConverter]::ToString($sha.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() }
    finally {
        $stream.Dispose()
        $sha.Dispose()
    }
}

function Assert-Source {
    <#
    .SYNOPSIS
    Checks an unzipped folder: the executable is there, every file is as SHA256SUMS says, and no code is there that it does not name.
    .DESCRIPTION
    The settings file may differ: an administrator may have filled it in. Checksums find a damaged file; who made the zip, they do not prove.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Folder)

    if (-not [IO.File]::Exists([IO.Path]::Combine($Folder, $script:Executable))) {
        throw "There is no $script:Executable in $Folder. Unzip the whole archive, or name the folder with -Source. Nothing was changed."
    }
    $list = [IO.Path]::Combine($Folder, 'SHA256SUMS')
    if (-not [IO.File]::Exists($list)) {
        Write-Report "There is no SHA256SUMS in ${Folder}: compare the archive with the checksum it was published with."
        return
    }
    $sums = @{}
    foreach ($line in [IO.File]::ReadAllLines($list)) {
        if ($line -match '^([0-9a-fA-F]{64})\s+\*?(?:\./)?(.+)$') { $sums[$Matches[2].Trim().Replace('\', '/')] = $Matches[1].ToLowerInvariant() }
    }
    $files = @(Get-RelativeFile -Folder $Folder | Where-Object { $_ -ne 'SHA256SUMS' -and $_ -ne $script:SettingsFile })
    $wrong = @($files | Where-Object { $sums.ContainsKey($_) -and (Get-Sha256 -Path ([IO.Path]::Combine($Folder, $_))) -ne $sums[$_] } | ForEach-Object { "$_ is not as it was made" })
    $wrong += @($files | Where-Object { -not $sums.ContainsKey($_) -and $_ -match '\.(exe|dll|ps1|psm1)$' } | ForEach-Object { "$_ is not in the list" })
    $wrong += @($sums.Keys | Where-Object { $_ -ne $script:SettingsFile -and $files -notcontains $_ } | ForEach-Object { "$_ is missing" })
    if ($wrong.Count -gt 0) { throw "The files in $Folder differ from SHA256SUMS: $($wrong -join '; '). Unzip the archive again. Nothing was changed." }
    Write-Report "Checked $($files.Count) files against SHA256SUMS."
}

function Test-SameProgram {
    <#
    .SYNOPSIS
    Whether two folders have the same executable.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $Left,
        [Parameter(Mandatory)] [string] $Right
    )

    (Get-Sha256 -Path ([IO.Path]::Combine($Left, $script:Executable))) -eq (Get-Sha256 -Path ([IO.Path]::Combine($Right, $script:Executable)))
}

function Install-Program {
    <#
    .SYNOPSIS
    Copies the program, but for its settings, to a folder where it is not yet.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $From,
        [Parameter(Mandatory)] [string] $To,
        [Parameter(Mandatory)] [string] $AccountSid,
        [Parameter(Mandatory)] $Journal
    )

    if ([IO.File]::Exists([IO.Path]::Combine($To, $script:Executable))) {
        if (-not (Test-SameProgram -Left $From -Right $To)) { throw "Another version is installed in $To. Update-MimHybrid.ps1 changes versions. Nothing was changed." }
        Write-Verbose "The program is in $To already."
        return
    }
    $existed = [IO.Directory]::Exists($To)
    if ($existed -and @(Get-RelativeFile -Folder $To | Where-Object { $_ -ne $script:SettingsFile }).Count -gt 0) {
        throw "$To has files of something else in it. Choose an empty folder with -ProgramFolder. Nothing was changed."
    }
    if (-not $PSCmdlet.ShouldProcess($To, 'Copy the program')) { return }
    $names = @(Get-RelativeFile -Folder $From | Where-Object { $_ -ne $script:SettingsFile })
    Add-Undo -Journal $Journal -Say "removed the program from $To" -Command 'Remove-Program' -With @{ Folder = $To; Name = $names; KeepFolder = $existed }
    Protect-Folder -Path $To -Reader $script:Users, $AccountSid -Journal $Journal -Confirm:$false
    Copy-File -From $From -To $To -Name $names
    Write-Report "Copied $($names.Count) files to $To."
}

function Copy-File {
    <#
    .SYNOPSIS
    Copies files, named from the first folder, to the second. The mark "from the internet" of a download would be copied too, and is taken off: the files were checked.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $From,
        [Parameter(Mandatory)] [string] $To,
        [Parameter(Mandatory)] [string[]] $Name
    )

    foreach ($one in $Name) {
        $target = [IO.Path]::Combine($To, $one)
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
        [IO.File]::Copy([IO.Path]::Combine($From, $one), $target, $false)
        Unblock-File -LiteralPath $target -Confirm:$false
    }
}

function Remove-Program {
    <#
    .SYNOPSIS
    Removes files that were copied, and the folders that are empty then.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [string[]] $Name,
        [bool] $KeepFolder
    )

    if (-not [IO.Directory]::Exists($Folder) -or -not $PSCmdlet.ShouldProcess($Folder, 'Remove the program')) { return }
    foreach ($path in @($Name | ForEach-Object { [IO.Path]::Combine($Folder, $_) })) {
        if ([IO.File]::Exists($path)) { [IO.File]::Delete($path) } # copying may have ended half-way
    }
    $inners = @([IO.Directory]::GetDirectories($Folder, '*', [IO.SearchOption]::AllDirectories))
    [array]::Reverse($inners) # the innermost first
    foreach ($inner in $inners) {
        if (@([IO.Directory]::GetFileSystemEntries($inner)).Count -eq 0) { [IO.Directory]::Delete($inner) }
    }
    if (-not $KeepFolder -and @([IO.Directory]::GetFileSystemEntries($Folder)).Count -eq 0) { [IO.Directory]::Delete($Folder) }
}

function Switch-Program {
    <#
    .SYNOPSIS
    Sets the old program folder aside and makes the new one, with the settings and the note of the old.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $From,
        [Parameter(Mandatory)] [string] $To,
        [Parameter(Mandatory)] [string] $Previous,
        [Parameter(Mandatory)] [string] $AccountSid,
        [Parameter(Mandatory)] $Journal
    )

    if (-not $PSCmdlet.ShouldProcess($To, "Set the program aside as $Previous and copy the new one")) { return }
    Add-Undo -Journal $Journal -Say "put the old program back to $To" -Command 'Move-Folder' -With @{ From = $Previous; To = $To }
    Move-Folder -From $To -To $Previous -Confirm:$false
    Add-Undo -Journal $Journal -Say "removed the new program" -Command 'Remove-Folder' -With @{ Path = $To }
    Protect-Folder -Path $To -Reader $script:Users, $AccountSid -Confirm:$false
    Copy-File -From $From -To $To -Name @(Get-RelativeFile -Folder $From | Where-Object { $_ -ne $script:SettingsFile })
    Copy-File -From $Previous -To $To -Name $script:RecordFile
    Copy-SettingsFile -From $Previous -To $To -AccountSid $AccountSid -Confirm:$false
    Write-Report "Copied the new program to $To; the old one is kept as $Previous."
}
