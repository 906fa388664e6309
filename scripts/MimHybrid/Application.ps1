# What New-MimHybridApp.ps1 does, one function for each of its forms.

function Add-Certificate {
    <#
    .SYNOPSIS
    Makes a certificate and adds its public part to an application beside those that are there.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] $Application,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] $Account,
        [Parameter(Mandatory)] [datetime] $NotBefore,
        [Parameter(Mandatory)] [int] $ValidMonths,
        [Parameter(Mandatory)] $Journal
    )

    $keys = @(Get-KeyCredential -Context $Context -Application $Application)
    $certificate = Add-AgentCertificate -Subject "CN=$Name" -Account $Account -NotBefore $NotBefore -ValidMonths $ValidMonths -Journal $Journal
    Save-KeyCredential -Context $Context -Application $Application -Key ($keys + (ConvertTo-KeyCredential -Certificate $certificate))
    # The two belong together now. What fails from here on, the next run makes good with this certificate.
    Complete-Journal -Journal $Journal
    $Journal.Steps.Clear()
    Write-Report 'Uploaded the public part of the certificate.'
    $certificate
}

function Get-CallerObjectId {
    <#
    .SYNOPSIS
    Who signed in, as the token says; nothing where it cannot be read. It decides only whether an owner is somebody else.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] $Context)

    try {
        $part = [Net.NetworkCredential]::new('', $Context.Token).Password.Split('.')[1].Replace('-', '+').Replace('_', '/')
        (ConvertFrom-Json -InputObject ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($part.PadRight($part.Length + (4 - $part.Length % 4) % 4, '='))))).oid
    }
    catch { Write-Verbose 'The token does not say who signed in.' }
}

function Assert-OwnApplication {
    <#
    .SYNOPSIS
    Stops before an application that was there is given the permission, where somebody else can sign in as it: in most tenants every user may register one, under any name.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] $Application,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] $Permission
    )

    $principal = @((Invoke-Graph -Context $Context -Path "servicePrincipals?`$filter=appId eq '$($Application.appId)'&`$select=id").value)
    if ($principal.Count -gt 0) {
        $has = @((Invoke-Graph -Context $Context -Path "servicePrincipals/$($principal[0].id)/appRoleAssignments" -Again 404).value | ForEach-Object { $_.appRoleId })
        $Permission = @($Permission | Where-Object { $has -notcontains $_.RoleId })
        if ($Permission.Count -eq 0) { return } # it has them already: nobody gets anything new
    }
    $whole = Invoke-Graph -Context $Context -Path "applications/$($Application.id)?`$select=id,keyCredentials,passwordCredentials" -Again 404
    $here = @(Find-AgentCertificate -Subject "CN=$Name" | ForEach-Object { [Convert]::ToBase64String($_.RawData) }) + $script:RemovedKey
    $me = Get-CallerObjectId -Context $Context
    $owners = @((Invoke-Graph -Context $Context -Path "applications/$($Application.id)/owners?`$select=id,displayName" -Again 404).value | Where-Object { $null -ne $_ -and $_.id -ne $me })
    $others = @($owners | ForEach-Object { "the owner $(ConvertTo-PlainText -Text "$($_.displayName)") ($($_.id))" })
    $others += @($whole.passwordCredentials | Where-Object { $null -ne $_ } | ForEach-Object { 'whoever has its client secret' })
    $others += @($whole.keyCredentials | Where-Object { $null -ne $_ -and $here -notcontains "$($_.key)" } | ForEach-Object { 'whoever has the key of a certificate that is not of this server' })
    if ($others.Count -gt 0) {
        throw "There is an application '$Name' (client id $($Application.appId)) already, without $(($Permission | ForEach-Object { $_.Name }) -join ' and '), and it can be used by $($others -join ', '), who would get it. Look at who made it. If it is yours, grant it there yourself: $($Context.Authority)/$($Context.TenantId)/adminconsent?client_id=$($Application.appId). Else delete it, or choose another name with -Name. Nothing was changed."
    }
}

function Use-Application {
    <#
    .SYNOPSIS
    Registers the application, gives it a certificate unless it has one of this server's, and grants consent.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] $Account,
        [Parameter(Mandatory)] [int] $ValidMonths,
        [Parameter(Mandatory)] [bool] $Consent,
        [Parameter(Mandatory)] [bool] $Mail,
        [Parameter(Mandatory)] $Journal
    )

    $fresh = [timespan]::Zero
    $permission = @(Get-GraphPermission -Context $Context -Name (Get-PermissionName -Mail $Mail))
    $application = Register-EntraApplication -Context $Context -Name $Name -Permission $permission
    $known = @(Get-KeyCredential -Context $Context -Application $application | ForEach-Object { "$($_.key)" })
    $certificate = @(Find-AgentCertificate -Subject "CN=$Name" | Where-Object { $_.NotAfter -gt [DateTime]::Now -and $known -contains [Convert]::ToBase64String($_.RawData) })
    if ($certificate.Count -gt 0) {
        $certificate = $certificate[0]
        Write-Report "The certificate CN=$Name is there already."
        Grant-PrivateKey -Certificate $certificate -Account $Account -Confirm:$false
    }
    else {
        $certificate = Add-Certificate -Context $Context -Application $application -Name $Name -Account $Account -NotBefore ([DateTime]::Now.AddMinutes(-5)) -ValidMonths $ValidMonths -Journal $Journal
        $fresh = [timespan]::FromMinutes(5)
    }

    $principal = Register-ServicePrincipal -Context $Context -AppId $application.appId
    $granted = if ($Consent) { Grant-GraphPermission -Context $Context -PrincipalId $principal -Permission $permission -AppId $application.appId } else { $false }
    [ordered]@{ ClientId = $application.appId; CertificateSubject = "CN=$Name"; Thumbprint = $certificate.Thumbprint; Expires = $certificate.NotAfter; ConsentGranted = $granted; CheckPatience = $fresh }
}

function Update-Certificate {
    <#
    .SYNOPSIS
    Makes the next certificate of an application, beside the one in use.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] $Account,
        [Parameter(Mandatory)] [int] $ValidMonths,
        [Parameter(Mandatory)] $Journal
    )

    $application = Find-EntraApplication -Context $Context -Name $Name
    if ($null -eq $application) { throw "There is no application named '$Name' in this tenant. Without -Renew it is registered." }
    if (-not $PSCmdlet.ShouldProcess($Name, 'Add a certificate')) { return }
    # The agent takes the newest certificate that is valid already; Entra needs some minutes to know a new one everywhere.
    $certificate = Add-Certificate -Context $Context -Application $application -Name $Name -Account $Account -NotBefore ([DateTime]::Now.AddMinutes(15)) -ValidMonths $ValidMonths -Journal $Journal
    Write-Report "The agent takes the new certificate within an hour after $($certificate.NotBefore.ToString('HH:mm', [Globalization.CultureInfo]::InvariantCulture)), if its settings name it by CertificateSubject; settings with a CertificateThumbprint need the new one: $($certificate.Thumbprint)."
    [ordered]@{ ClientId = $application.appId; CertificateSubject = "CN=$Name"; Thumbprint = $certificate.Thumbprint; Expires = $certificate.NotAfter }
}

function Remove-ExpiredCertificate {
    <#
    .SYNOPSIS
    Removes the certificates that have ended, from the application and from this server.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $Name
    )

    $application = Find-EntraApplication -Context $Context -Name $Name
    if ($null -eq $application) { throw "There is no application named '$Name' in this tenant." }
    if (-not $PSCmdlet.ShouldProcess($Name, 'Remove the ended certificates')) { return }
    $keys = @(Get-KeyCredential -Context $Context -Application $application)
    $good = @($keys | Where-Object { -not (Test-KeyExpired -Key $_) })
    if ($good.Count -eq 0) { throw "All certificates of '$Name' have ended. Run this with -Renew first; nothing was removed." }
    if ($good.Count -lt $keys.Count) { Save-KeyCredential -Context $Context -Application $application -Key $good }
    $ended = @(Find-AgentCertificate -Subject "CN=$Name" | Where-Object { $_.NotAfter -lt [DateTime]::Now })
    foreach ($certificate in $ended) { Remove-AgentCertificate -Thumbprint $certificate.Thumbprint -Confirm:$false }
    Write-Report "Removed $($keys.Count - $good.Count) ended certificates from the application and $($ended.Count) from this server."
    [ordered]@{ ClientId = $application.appId; CertificateSubject = "CN=$Name"; RemovedFromApplication = $keys.Count - $good.Count; RemovedHere = $ended.Count }
}

function Use-MachineIdentity {
    <#
    .SYNOPSIS
    Lets the managed identity of an Arc-enabled server read users, and send mails where it is to.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $MachineName,
        [AllowEmptyString()] [string] $PrincipalId,
        [Parameter(Mandatory)] $Account,
        [Parameter(Mandatory)] [bool] $Consent,
        [Parameter(Mandatory)] [bool] $Mail
    )

    if (-not $PrincipalId) { $PrincipalId = Find-MachineIdentity -Context $Context -MachineName $MachineName }
    $permission = @(Get-GraphPermission -Context $Context -Name (Get-PermissionName -Mail $Mail))
    $granted = if ($Consent) { Grant-GraphPermission -Context $Context -PrincipalId $PrincipalId -Permission $permission } else { $false }
    # Only members of that group may ask the Arc agent for tokens: learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication.
    Write-Report "Once, by hand: Add-LocalGroupMember -Group 'Hybrid agent extension applications' -Member '$($Account.Name)'"
    [ordered]@{ ManagedIdentity = $true; ConsentGranted = $granted; CheckPatience = [timespan]::FromMinutes(5) }
}
