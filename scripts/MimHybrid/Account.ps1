# As whom the agent runs.

function Assert-Elevated {
    <#
    .SYNOPSIS
    Stops, before anything is done, a session that could not do all of it.
    #>
    [CmdletBinding()]
    param()

    if (-not (Test-Elevated)) { throw 'This needs an administrator: open PowerShell with "Run as administrator" and try again. Nothing was changed.' }
    if (-not [Environment]::Is64BitProcess) { throw 'This is the 32-bit PowerShell, which sees other folders and another registry. Open the 64-bit one. Nothing was changed.' }
}

function Resolve-ServiceAccount {
    <#
    .SYNOPSIS
    An account by its name: MIMSyncUser, CONTOSO\MIMSyncUser or, with a dollar sign at the end, a group managed service account.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name)

    try { $sid = ConvertTo-Sid -Name $Name }
    catch { throw "There is no account '$Name'. Name the account that the old task ran as, with -Account SERVER\user or -Account DOMAIN\user. Nothing was changed." }

    $full = ConvertTo-AccountName -Sid $sid
    [pscustomobject]@{ Name = $full; Sid = $sid; IsManaged = $full -like '*$' }
}

function Resolve-Password {
    <#
    .SYNOPSIS
    The credential for an account: none for a managed one, the one that was given if it is this account's, else it is asked for.
    #>
    [CmdletBinding()]
    [OutputType([pscredential])]
    param(
        [Parameter(Mandatory)] $Account,
        [pscredential] $Credential
    )

    if ($Account.IsManaged) { return $null }
    if ($null -eq $Credential) { $Credential = Get-Credential -UserName $Account.Name -Message "The password of $($Account.Name), for Windows to start the agent with" }
    if ($null -eq $Credential) { throw 'No password was given. Nothing was changed.' }
    $sid = try { ConvertTo-Sid -Name $Credential.UserName } catch { '' } # mistyped
    if ($sid -ne $Account.Sid) { throw "-Credential is for '$($Credential.UserName)', but the agent is to run as '$($Account.Name)'. Nothing was changed." }
    [pscredential]::new($Account.Name, $Credential.Password)
}

function Resolve-Operator {
    <#
    .SYNOPSIS
    The security identifier of the operators' group, in a list: the one named, else the one that an earlier installation noted, else none.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [AllowEmptyString()] [string] $Group,
        $Record
    )

    if ($Group) { return @((Resolve-ServiceAccount -Name $Group).Sid) }
    if ($null -ne $Record -and $Record.OperatorsSid) { return @($Record.OperatorsSid) }
}
