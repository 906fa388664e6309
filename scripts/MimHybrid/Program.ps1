# The program folder: made, changed for another version, removed.

function Test-SameProgram {
    <#
    .SYNOPSIS
    Whether what is installed in a folder is an archive's. The lists of the files are compared: the executable itself only starts what lies in lib, and is the same in most versions.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] $Source,
        [Parameter(Mandatory)] [string] $Folder
    )

    $list = [IO.Path]::Combine($Folder, $script:ChecksumList)
    [IO.File]::Exists($list) -and [IO.File]::ReadAllText($list) -eq $Source.Text
}

function Install-Program {
    <#
    .SYNOPSIS
    Copies the program, but for its settings, to a folder where it is not yet.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] $Source,
        [Parameter(Mandatory)] [string] $To,
        [Parameter(Mandatory)] [string] $AccountSid,
        [Parameter(Mandatory)] $Journal
    )

    if ([IO.File]::Exists([IO.Path]::Combine($To, $script:Executable))) {
        if (-not (Test-SameProgram -Source $Source -Folder $To)) { throw "Another version is installed in $To. Update-MimHybrid.ps1 changes versions. Nothing was changed." }
        Write-Verbose "The program is in $To already."
        return
    }
    $existed = [IO.Directory]::Exists($To)
    if ($existed -and @(Get-RelativeFile -Folder $To | Where-Object { $_ -ne $script:SettingsFile }).Count -gt 0) {
        throw "$To has files of something else in it. Choose an empty folder with -ProgramFolder. Nothing was changed."
    }
    if (-not $PSCmdlet.ShouldProcess($To, 'Copy the program')) { return }
    if ($existed) { Protect-Folder -Path $To -Reader $script:Users, $AccountSid -Journal $Journal -Confirm:$false } # noted first, so others are let in again last
    Add-Undo -Journal $Journal -Say "removed the program from $To" -Command 'Remove-Program' -With @{ Folder = $To; Name = @($Source.Name) + $script:ChecksumList; KeepFolder = $existed }
    if (-not $existed) { Protect-Folder -Path $To -Reader $script:Users, $AccountSid -Confirm:$false }
    Copy-Source -Source $Source -To $To
    Write-Report "Copied $($Source.Name.Count) files to $To, and each is what $script:ChecksumList says."
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
    Assert-NoLink -Path $Folder
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
        [Parameter(Mandatory)] $Source,
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
    Copy-Source -Source $Source -To $To
    Copy-File -From $Previous -To $To -Name $script:RecordFile
    Copy-SettingsFile -From $Previous -To $To -AccountSid $AccountSid -Confirm:$false
    Write-Report "Copied the new program to $To; the old one is kept as $Previous."
}
