# The application in Entra: what it is there and within the tenant, and its certificates.

$script:GraphAppId = '00000003-0000-0000-c000-000000000000' # Microsoft Graph, the same in every cloud

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
    The application, made if it is not there: of this tenant only, and asking for the permissions given and nothing else.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] $Permission
    )

    $application = Find-EntraApplication -Context $Context -Name $Name
    if ($null -eq $application) {
        $access = ConvertTo-RequiredAccess -RoleId @($Permission | ForEach-Object { $_.RoleId })
        $application = Invoke-Graph -Context $Context -Method Post -Path 'applications' -Body @{ displayName = $Name; signInAudience = 'AzureADMyOrg'; requiredResourceAccess = @($access) }
        Write-Report "Registered the application '$Name', client id $($application.appId)."
        return $application
    }
    Assert-OwnApplication -Context $Context -Application $application -Name $Name -Permission $Permission
    $asked = @($application.requiredResourceAccess | ForEach-Object { $_.resourceAccess } | ForEach-Object { $_.id })
    $known = @(Get-GraphPermission -Context $Context -Name (Get-PermissionName -Mail $true) | ForEach-Object { $_.RoleId })
    if (@($asked | Where-Object { $known -notcontains $_ }).Count -gt 0) { Write-Warning "The application '$Name' asks for other permissions than $(($Permission | ForEach-Object { $_.Name }) -join ' and ') alone. The agent needs no other; look at it." }
    elseif (@($Permission | Where-Object { $asked -notcontains $_.RoleId }).Count -gt 0) {
        $access = ConvertTo-RequiredAccess -RoleId (@($asked) + @($Permission | Where-Object { $asked -notcontains $_.RoleId } | ForEach-Object { $_.RoleId }))
        $null = Invoke-Graph -Context $Context -Method Patch -Path "applications/$($application.id)" -Body @{ requiredResourceAccess = @($access) }
    }
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
