# The application in Entra: exactly one permission, certificates, consent.

$script:GraphAppId = '00000003-0000-0000-c000-000000000000' # Microsoft Graph, the same in every cloud

function Get-GuestPermission {
    <#
    .SYNOPSIS
    The application permission User.Read.All as this tenant has it. Asked for and not written down, so that it cannot be another one.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Context)

    $found = @((Invoke-Graph -Context $Context -Path "servicePrincipals?`$filter=appId eq '$script:GraphAppId'&`$select=id,appRoles").value)
    $role = @($found | ForEach-Object { $_.appRoles } | Where-Object { $_.value -eq 'User.Read.All' -and $_.allowedMemberTypes -contains 'Application' })
    if ($role.Count -ne 1) { throw 'This tenant does not show the application permission User.Read.All of Microsoft Graph.' }
    [pscustomobject]@{ ResourceId = $found[0].id; RoleId = $role[0].id }
}

function Find-EntraApplication {
    <#
    .SYNOPSIS
    The application of a name, or nothing; stops when there are several.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $Name
    )

    $filter = [Uri]::EscapeDataString("displayName eq '$($Name.Replace("'", "''"))'")
    $found = @((Invoke-Graph -Context $Context -Path "applications?`$filter=$filter&`$select=id,appId,requiredResourceAccess").value)
    if ($found.Count -gt 1) { throw "There are $($found.Count) applications named '$Name' in this tenant. Choose another name with -Name, or delete those that nothing uses." }
    if ($found.Count -eq 1) { $found[0] }
}

function Register-EntraApplication {
    <#
    .SYNOPSIS
    The application, made if it is not there: of this tenant only, and asking for User.Read.All and nothing else.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] $Permission
    )

    $application = Find-EntraApplication -Context $Context -Name $Name
    if ($null -eq $application) {
        $access = @{ resourceAppId = $script:GraphAppId; resourceAccess = @(@{ id = $Permission.RoleId; type = 'Role' }) }
        $application = Invoke-Graph -Context $Context -Method Post -Path 'applications' -Body @{ displayName = $Name; signInAudience = 'AzureADMyOrg'; requiredResourceAccess = @($access) }
        Write-Report "Registered the application '$Name', client id $($application.appId)."
        return $application
    }
    Assert-OwnApplication -Context $Context -Application $application -Name $Name -Permission $Permission
    $asked = @($application.requiredResourceAccess | ForEach-Object { $_.resourceAccess } | ForEach-Object { $_.id })
    if ($asked.Count -ne 1 -or $asked[0] -ne $Permission.RoleId) { Write-Warning "The application '$Name' asks for other permissions than User.Read.All alone. The agent needs no other; look at it." }
    Write-Report "The application '$Name' is there already, client id $($application.appId)."
    $application
}

function Register-ServicePrincipal {
    <#
    .SYNOPSIS
    What the application is within this tenant, made if it is not there.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $AppId
    )

    $found = @((Invoke-Graph -Context $Context -Path "servicePrincipals?`$filter=appId eq '$AppId'&`$select=id").value)
    if ($found.Count -gt 0) { return $found[0].id }
    (Invoke-Graph -Context $Context -Method Post -Path 'servicePrincipals' -Body @{ appId = $AppId } -Again 400, 404).id
}

function Grant-GuestPermission {
    <#
    .SYNOPSIS
    Grants User.Read.All, and answers whether it is granted; a person who may not grant it gets the link for one who may.
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
    $has = @((Invoke-Graph -Context $Context -Path $path -Again 404).value | Where-Object { $_.appRoleId -eq $Permission.RoleId })
    if ($has.Count -gt 0) { Write-Report 'User.Read.All is granted already.'; return $true }
    try {
        $null = Invoke-Graph -Context $Context -Method Post -Path $path -Body @{ principalId = $PrincipalId; resourceId = $Permission.ResourceId; appRoleId = $Permission.RoleId } -Again 400, 404
        Write-Report 'Granted User.Read.All.'
        return $true
    }
    catch {
        if ($_.Exception.Data['Status'] -ne 403) { throw }
        Write-Warning 'You may not grant User.Read.All; a Global Administrator or Privileged Role Administrator may.'
        # The page may end with AADSTS500113 (no reply address) after the grant: a daemon has none, and Microsoft's samples say to ignore it.
        if ($AppId) { Write-Warning "Give them this link: $($Context.Authority)/$($Context.TenantId)/adminconsent?client_id=$AppId (an error about a reply address at the end does not matter)." }
        return $false
    }
}

function Get-KeyCredential {
    <#
    .SYNOPSIS
    The certificates of an application, whole: only the question for one application shows their public parts (Graph, keyCredential).
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] $Application
    )

    @((Invoke-Graph -Context $Context -Path "applications/$($Application.id)?`$select=id,keyCredentials" -Again 404).keyCredentials | Where-Object { $null -ne $_ })
}

function Save-KeyCredential {
    <#
    .SYNOPSIS
    Writes the certificates of an application: the list as a whole, since Graph replaces it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] $Application,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [object[]] $Key
    )

    $null = Invoke-Graph -Context $Context -Method Patch -Path "applications/$($Application.id)" -Body @{ keyCredentials = $Key } -Again 404
}

function ConvertTo-KeyCredential {
    <#
    .SYNOPSIS
    The public part of a certificate as Graph wants it.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] $Certificate)

    @{
        type          = 'AsymmetricX509Cert'
        usage         = 'Verify'
        key           = [Convert]::ToBase64String($Certificate.RawData)
        displayName   = $Certificate.Subject
        startDateTime = $Certificate.NotBefore.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
        endDateTime   = $Certificate.NotAfter.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    }
}

function Test-KeyExpired {
    <#
    .SYNOPSIS
    Whether a certificate of an application has ended. PowerShell 7 makes dates of the texts, Windows PowerShell does not.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] $Key)

    $end = $Key.endDateTime
    if ($end -isnot [datetime]) { $end = [DateTimeOffset]::Parse($end, [Globalization.CultureInfo]::InvariantCulture).UtcDateTime }
    $end.ToUniversalTime() -lt [DateTime]::UtcNow
}

function Find-MachineIdentity {
    <#
    .SYNOPSIS
    The managed identity that Azure Arc gave a server: it has the server's name.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $MachineName
    )

    $filter = [Uri]::EscapeDataString("displayName eq '$($MachineName.Replace("'", "''"))'")
    $found = @((Invoke-Graph -Context $Context -Path "servicePrincipals?`$filter=$filter&`$select=id,servicePrincipalType").value | Where-Object { $_.servicePrincipalType -eq 'ManagedIdentity' })
    if ($found.Count -ne 1) { throw "There are $($found.Count) managed identities named '$MachineName'. Connect the server to Azure Arc first, or give the object id of its identity with -PrincipalId." }
    $found[0].id
}
