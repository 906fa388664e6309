# The permissions of Microsoft Graph that the agent needs: found, asked for, granted.

function Get-GraphPermission {
    <#
    .SYNOPSIS
    Application permissions of Microsoft Graph as this tenant has them. Asked for and not written down, so that they cannot be others.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string[]] $Name
    )

    $found = @((Invoke-Graph -Context $Context -Path "servicePrincipals?`$filter=appId eq '$script:GraphAppId'&`$select=id,appRoles").value)
    foreach ($one in $Name) {
        $role = @($found | ForEach-Object { $_.appRoles } | Where-Object { $_.value -eq $one -and $_.allowedMemberTypes -contains 'Application' })
        if ($role.Count -ne 1) { throw "This tenant does not show the application permission $one of Microsoft Graph." }
        [pscustomobject]@{ Name = $one; ResourceId = $found[0].id; RoleId = $role[0].id }
    }
}

function Get-PermissionName {
    <#
    .SYNOPSIS
    What the agent needs: to read users, and to send mails where it is to.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [bool] $Mail)

    @('User.Read.All') + @(if ($Mail) { 'Mail.Send' })
}

function ConvertTo-RequiredAccess {
    <#
    .SYNOPSIS
    Permissions of Microsoft Graph as an application asks for them.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [string[]] $RoleId)

    @{ resourceAppId = $script:GraphAppId; resourceAccess = @($RoleId | ForEach-Object { @{ id = $_; type = 'Role' } }) }
}

function Grant-GraphPermission {
    <#
    .SYNOPSIS
    Grants permissions, and answers whether all are granted; a person who may not grant them gets the link for one who may.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $PrincipalId,
        [Parameter(Mandatory)] $Permission,
        [AllowEmptyString()] [string] $AppId
    )

    $path = "servicePrincipals/$PrincipalId/appRoleAssignments"
    $has = @((Invoke-Graph -Context $Context -Path $path -Again 404).value | ForEach-Object { $_.appRoleId })
    foreach ($one in $Permission) {
        if ($has -contains $one.RoleId) { Write-Report "$($one.Name) is granted already."; continue }
        try {
            $null = Invoke-Graph -Context $Context -Method Post -Path $path -Body @{ principalId = $PrincipalId; resourceId = $one.ResourceId; appRoleId = $one.RoleId } -Again 400, 404
            Write-Report "Granted $($one.Name)."
        }
        catch {
            if ($_.Exception.Data['Status'] -ne 403) { throw }
            Write-Warning "You may not grant $($one.Name); a Global Administrator or Privileged Role Administrator may."
            # The page may end with AADSTS500113 (no reply address) after the grant: a daemon has none, and Microsoft's samples say to ignore it.
            if ($AppId) { Write-Warning "Give them this link: $($Context.Authority)/$($Context.TenantId)/adminconsent?client_id=$AppId (an error about a reply address at the end does not matter)." }
            return $false
        }
    }
    if (@($Permission | Where-Object { $_.Name -eq 'Mail.Send' }).Count -gt 0) { Write-Warning 'With Mail.Send the application may send as every mailbox of the tenant. To limit it to one: README.md, Mail over Microsoft Graph.' }
    $true
}
