# The unpacked archive. Whoever can change it could run what they like with an administrator's rights, so it is judged before anything of it is believed; and nothing of it is
# run where it lies, but as a copy in the closed program folder that is what SHA256SUMS says.

$script:ChecksumList = 'SHA256SUMS'

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

function Assert-ClosedSource {
    <#
    .SYNOPSIS
    Stops where anybody beside administrators and the person at work may have changed the unpacked archive, and says where to unpack it instead.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Folder)

    $instead = "What is in it would run with an administrator's rights. Unpack the archive anew, below Program Files, where only administrators write: Expand-Archive with -DestinationPath `"`$env:ProgramFiles\MimHybrid-unpacked`". Nothing was changed."
    Assert-NoLink -Path $Folder
    $caller = Get-CallerSid
    foreach ($found in @(Find-Replacer -Path $Folder)) {
        $others = @($found.Sid | Where-Object { $_ -ne $caller })
        if ($others.Count -gt 0) { throw "$(Get-AccountLabel -Sid $others) may rename or delete what is in $($found.Folder), and so could put something else in the place of $Folder. $instead" }
    }
    $wrong = @(Find-Intruder -Path $Folder -Allowed $caller -Tree)
    if ($wrong.Count -gt 0) { throw "Somebody else may have changed the unpacked archive in ${Folder}: $($wrong[0])$(if ($wrong.Count -gt 1) { ", and $($wrong.Count - 1) more of the kind" }). $instead" }
}

function Read-ChecksumList {
    <#
    .SYNOPSIS
    The files of an archive by their checksums; stops at a line that is none, or that leads out of the folder.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    $sums = @{}
    foreach ($line in $Text.Split("`n") | ForEach-Object { $_.Trim() } | Where-Object { $_ }) {
        $isSum = $line -match '^([0-9a-fA-F]{64})\s+\*?(?:\./)?(.+)$'
        $name = if ($isSum) { $Matches[2].Replace('\', '/') } else { '' }
        # A colon names a drive or a stream of a file, and dots alone a folder above.
        if ($name -notmatch '^[^:*?"<>|/]+(/[^:*?"<>|/]+)*$' -or $name -match '(^|/)\.+(/|$)') { throw "$script:ChecksumList has a line that names no file of the archive: $line. Unpack the archive again. Nothing was changed." }
        $sums[$name] = $line.Substring(0, 64).ToLowerInvariant()
    }
    $sums
}

function Read-Source {
    <#
    .SYNOPSIS
    An unpacked archive that nobody else can have changed and whose files are as SHA256SUMS says: the folder, the list, and the names of what is installed.
    .DESCRIPTION
    The list is read once, and what is copied later is compared with what was read. The settings file may differ: an administrator may have filled it in. Checksums find a damaged
    file; who made the archive, they do not prove.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Folder)

    if (-not [IO.File]::Exists([IO.Path]::Combine($Folder, $script:Executable))) { throw "There is no $script:Executable in $Folder. Unpack the whole archive, or name the folder with -Source. Nothing was changed." }
    Assert-ClosedSource -Folder $Folder
    $list = [IO.Path]::Combine($Folder, $script:ChecksumList)
    if (-not [IO.File]::Exists($list)) { throw "There is no $script:ChecksumList in ${Folder}: nobody can see whether its files are those of the archive. Unpack the whole archive. Nothing was changed." }
    $text = [IO.File]::ReadAllText($list)
    $sums = Read-ChecksumList -Text $text
    $files = @(Get-RelativeFile -Folder $Folder | Where-Object { $_ -ne $script:ChecksumList -and $_ -ne $script:SettingsFile })
    $wrong = @($files | Where-Object { $sums.ContainsKey($_) -and (Get-Sha256 -Path ([IO.Path]::Combine($Folder, $_))) -ne $sums[$_] } | ForEach-Object { "$_ is not as it was made" })
    $wrong += @($files | Where-Object { -not $sums.ContainsKey($_) -and $_ -match '\.(exe|dll|ps1|psm1)$' } | ForEach-Object { "$_ is not in the list" })
    $wrong += @(@($sums.Keys) + $script:Executable | Where-Object { $_ -ne $script:SettingsFile -and ($files -notcontains $_ -or -not $sums.ContainsKey($_)) } | ForEach-Object { "$_ is missing" })
    if ($wrong.Count -gt 0) { throw "The files in $Folder differ from ${script:ChecksumList}: $($wrong -join '; '). Unpack the archive again. Nothing was changed." }
    Write-Report "Checked $($files.Count) files against $script:ChecksumList."
    [pscustomobject]@{ Folder = $Folder; Text = $text; Sums = $sums; Name = @($files | Where-Object { $sums.ContainsKey($_) }) }
}

function Copy-Source {
    <#
    .SYNOPSIS
    Copies exactly what the list of an archive names into the closed program folder, and looks there whether each copy is what the list says, before anything of it is run.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Source,
        [Parameter(Mandatory)] [string] $To
    )

    Copy-File -From $Source.Folder -To $To -Name $Source.Name
    [IO.File]::WriteAllText([IO.Path]::Combine($To, $script:ChecksumList), $Source.Text)
    $wrong = @($Source.Name | Where-Object { (Get-Sha256 -Path ([IO.Path]::Combine($To, $_))) -ne $Source.Sums[$_] })
    if ($wrong.Count -gt 0) { throw "Somebody changed what is in $($Source.Folder) while it was copied: $($wrong -join ', '). Nothing of it was run. Look at who may change that folder." }
}
