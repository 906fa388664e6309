# What Windows offers as .NET or COM only. Thin, because nothing but Windows can run it: the tests replace this one file.

function Test-Elevated {
    <#
    .SYNOPSIS
    Whether this session has an administrator's rights.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    $me = [Security.Principal.WindowsPrincipal]::new([Security.Principal.WindowsIdentity]::GetCurrent())
    $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

function ConvertTo-Sid {
    <#
    .SYNOPSIS
    The security identifier of an account or group; fails when there is none of that name. Without a domain, this server's own accounts come first.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Name)

    [Security.Principal.NTAccount]::new($Name).Translate([Security.Principal.SecurityIdentifier]).Value
}

function ConvertTo-AccountName {
    <#
    .SYNOPSIS
    The whole name, DOMAIN\user or SERVER\user, of a security identifier.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Sid)

    [Security.Principal.SecurityIdentifier]::new($Sid).Translate([Security.Principal.NTAccount]).Value
}

function Get-CallerSid {
    <#
    .SYNOPSIS
    The security identifier of the person at work.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
}

function Get-PathRight {
    <#
    .SYNOPSIS
    The owner of a file or folder, whether it inherits rights, its rights as Windows writes them, those of its own and all, each as sid:mask:inheritance:kind; all with :propagation
    at the end, its own with :2 where they hold only for what is inside.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    $acl = Get-Acl -LiteralPath $Path
    $all = @($acl.GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier]) | ForEach-Object {
            [pscustomobject]@{
                Line      = "$($_.IdentityReference.Value):$([int] $_.FileSystemRights):$([int] $_.InheritanceFlags):$($_.AccessControlType)"
                Inherited = $_.IsInherited
                Passing   = [int] $_.PropagationFlags
            }
        })
    [pscustomobject]@{
        Owner     = $acl.GetOwner([Security.Principal.SecurityIdentifier]).Value
        Protected = $acl.AreAccessRulesProtected
        Sddl      = $acl.GetSecurityDescriptorSddlForm('Owner, Access')
        Rules     = @($all | Where-Object { -not $_.Inherited } | ForEach-Object { if ($_.Passing -eq 0) { $_.Line } else { "$($_.Line):$($_.Passing)" } })
        All       = @($all | ForEach-Object { "$($_.Line):$($_.Passing)" })
    }
}

function Set-PathRight {
    <#
    .SYNOPSIS
    Gives a file or folder rights as Windows writes them, and the owner if one is named.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Sddl
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Set its rights')) { return }
    $acl = Get-Acl -LiteralPath $Path
    $acl.SetSecurityDescriptorSddlForm($Sddl, $(if ($Sddl -match '^O:') { 'Owner, Access' } else { 'Access' }))
    Set-Acl -LiteralPath $Path -AclObject $acl
}

function New-ClosedFolder {
    <#
    .SYNOPSIS
    Makes a folder with its rights at once. The two PowerShells have two ways to say it, and both take a folder that is there silently: whoever calls this looks.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Sddl
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Make the folder')) { return }
    $security = [Security.AccessControl.DirectorySecurity]::new()
    $security.SetSecurityDescriptorSddlForm($Sddl, 'Owner, Access')
    if ($PSVersionTable.PSEdition -eq 'Core') { $null = [IO.FileSystemAclExtensions]::CreateDirectory($security, $Path) }
    else { $null = [IO.Directory]::CreateDirectory($Path, $security) }
}

function New-ClosedFile {
    <#
    .SYNOPSIS
    Makes a file with its rights at once, and gives it open for writing; fails where it is there.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Sddl
    )

    if (-not $PSCmdlet.ShouldProcess($Path, 'Make the file')) { return }
    $security = [Security.AccessControl.FileSecurity]::new()
    $security.SetSecurityDescriptorSddlForm($Sddl, 'Owner, Access')
    if ($PSVersionTable.PSEdition -eq 'Core') { [IO.FileSystemAclExtensions]::Create([IO.FileInfo]::new($Path), 'CreateNew', 'Write', 'None', 4096, 'None', $security) }
    else { [IO.FileStream]::new($Path, 'CreateNew', 'Write', 'None', 4096, 'None', $security) }
}

function Get-PolicyRight {
    <#
    .SYNOPSIS
    The logon rights that group policies define here, with whom they name and the policy's name: learn.microsoft.com/previous-versions/windows/desktop/policy/rsop-userprivilegeright.
    #>
    [CmdletBinding()]
    param()

    $rsop = @{ Namespace = 'root\rsop\computer'; ErrorAction = 'SilentlyContinue' } # a server without a domain has none
    $policies = @(Get-CimInstance @rsop -ClassName 'RSOP_GPO')
    foreach ($found in @(Get-CimInstance @rsop -ClassName 'RSOP_UserPrivilegeRight' | Where-Object { $_.precedence -eq 1 })) {
        $name = @($policies | Where-Object { $_.id -eq $found.GPOID } | ForEach-Object { $_.name })
        [pscustomobject]@{ Right = $found.UserRight; Account = @($found.AccountList | Where-Object { $_ }); Policy = "$(if ($name) { $name[0] } else { $found.GPOID })" }
    }
}

function Test-PasswordStorage {
    <#
    .SYNOPSIS
    Whether Windows may store passwords here; the policy 'Network access: Do not allow storage of passwords and credentials for network authentication' is this value.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    [Microsoft.Win32.Registry]::GetValue('HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Lsa', 'disabledomaincreds', 0) -ne 1
}

function Write-AgentEvent {
    <#
    .SYNOPSIS
    Writes a warning of the installation to the event log, under the agent's source.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Text)

    [Diagnostics.EventLog]::WriteEntry($script:EventSource, $Text, 'Warning', 1)
}

function Open-TaskFolder {
    <#
    .SYNOPSIS
    The top folder of Task Scheduler, by its own interface (learn.microsoft.com/windows/win32/taskschd/task-scheduler-objects).
    .DESCRIPTION
    The module ScheduledTasks is another one in each PowerShell: on Server 2016, PowerShell 7 reaches it through a session of Windows PowerShell, and gets numbers where there are words
    elsewhere. It also takes a password as a plain parameter, which PowerShell writes to the event log where module logging is on (about_Logging_Windows); a method's arguments it does not.
    #>
    [CmdletBinding()]
    param()

    $scheduler = New-Object -ComObject 'Schedule.Service'
    $scheduler.Connect()
    $scheduler.GetFolder('\')
}

function Get-PrivateKeyPath {
    <#
    .SYNOPSIS
    The file of a certificate's private key.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] $Certificate)

    Get-KeyFile -Key ([Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($Certificate)) -Of $Certificate.Subject
}
