# Signing in to Microsoft Entra and calling Graph with what every Windows Server has: Invoke-RestMethod. No module is needed.

# Where sign-in and Graph are, as the agent knows them (src/MimHybrid.Graph/GraphEndpoints.cs).
$script:Clouds = @{
    Global  = @{ Authority = 'https://login.microsoftonline.com'; Graph = 'https://graph.microsoft.com' }
    UsGovL4 = @{ Authority = 'https://login.microsoftonline.us'; Graph = 'https://graph.microsoft.us' }
    UsGovL5 = @{ Authority = 'https://login.microsoftonline.us'; Graph = 'https://dod-graph.microsoft.us' }
    China   = @{ Authority = 'https://login.chinacloudapi.cn'; Graph = 'https://microsoftgraph.chinacloudapi.cn' }
}

function Get-WebFailure {
    <#
    .SYNOPSIS
    The status and the words of a failed request, the same in Windows PowerShell and PowerShell 7.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [System.Management.Automation.ErrorRecord] $Failure)

    $response = $Failure.Exception.PSObject.Properties['Response']
    $status = if ($null -ne $response -and $null -ne $response.Value) { [int] $response.Value.StatusCode } else { 0 }
    $body = if ($null -ne $Failure.ErrorDetails) { $Failure.ErrorDetails.Message } else { '' }
    [pscustomobject]@{ Status = $status; Body = "$body"; Text = "$(if ($body) { $body } else { $Failure.Exception.Message })" }
}

function Invoke-Web {
    <#
    .SYNOPSIS
    One request, through the proxy if there is one, with TLS 1.2, which Windows Server 2016's PowerShell does not offer by itself.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [hashtable] $Request,
        [AllowEmptyString()] [string] $Proxy
    )

    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    if ($Proxy) { $Request['Proxy'] = $Proxy; $Request['ProxyUseDefaultCredentials'] = $true }
    Invoke-RestMethod @Request -UseBasicParsing
}

function Connect-Entra {
    <#
    .SYNOPSIS
    Signs a person in by device code: the person types the code in a browser, on any computer. Or takes a token that was got elsewhere.
    .DESCRIPTION
    The sign-in is made by Microsoft's own public application for command lines. The token lives in memory only, for this run.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Cloud,
        [Parameter(Mandatory)] [string] $TenantId,
        [Parameter(Mandatory)] [string[]] $Scope,
        [Parameter(Mandatory)] [string] $SignInClientId,
        [securestring] $AccessToken,
        [AllowEmptyString()] [string] $Proxy
    )

    $ends = $script:Clouds[$Cloud]
    if ($null -eq $AccessToken) {
        $asked = @($Scope | ForEach-Object { "$($ends.Graph)/$_" }) -join ' '
        $root = "$($ends.Authority)/$TenantId/oauth2/v2.0"
        $code = Invoke-Web -Request @{ Method = 'Post'; Uri = "$root/devicecode"; Body = @{ client_id = $SignInClientId; scope = $asked } } -Proxy $Proxy
        Write-Report $code.message
        $AccessToken = Wait-DeviceCode -TokenUri "$root/token" -Code $code -SignInClientId $SignInClientId -Proxy $Proxy
    }
    [pscustomobject]@{ Authority = $ends.Authority; Graph = $ends.Graph; TenantId = $TenantId; Token = $AccessToken; Proxy = $Proxy }
}

function Wait-DeviceCode {
    <#
    .SYNOPSIS
    Waits until the person has signed in, and gives the token: RFC 8628.
    #>
    [CmdletBinding()]
    [OutputType([securestring])]
    param(
        [Parameter(Mandatory)] [string] $TokenUri,
        [Parameter(Mandatory)] $Code,
        [Parameter(Mandatory)] [string] $SignInClientId,
        [AllowEmptyString()] [string] $Proxy
    )

    $body = @{ grant_type = 'urn:ietf:params:oauth:grant-type:device_code'; client_id = $SignInClientId; device_code = $Code.device_code }
    $pause = [int] $Code.interval
    for ($waited = 0; $waited -lt [int] $Code.expires_in; $waited += $pause) {
        Start-Sleep -Seconds $pause
        try {
            $answer = Invoke-Web -Request @{ Method = 'Post'; Uri = $TokenUri; Body = $body } -Proxy $Proxy
            return [Net.NetworkCredential]::new('', $answer.access_token).SecurePassword
        }
        catch {
            $failure = Get-WebFailure -Failure $_
            if ($failure.Body -match '"slow_down"') { $pause += 5 }
            elseif ($failure.Status -eq 0 -or $failure.Status -eq 429 -or $failure.Status -ge 500) { Write-Verbose "Asked in vain, trying again: $($failure.Text)"; $pause += 5 } # the network: RFC 8628, 3.5
            elseif ($failure.Body -notmatch '"authorization_pending"') {
                throw "The sign-in failed: $($failure.Text). If this tenant forbids sign-in by device code, get a token in Graph Explorer and give it with -AccessToken."
            }
        }
    }
    throw 'Nobody signed in before the code ended. Run the script again.'
}

function Invoke-Graph {
    <#
    .SYNOPSIS
    One call of Microsoft Graph. Busy answers are tried again; so is "not found" where something was made a moment ago and is not everywhere yet.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Context,
        [Parameter(Mandatory)] [string] $Path,
        [string] $Method = 'Get',
        $Body,
        [int[]] $Again = @()
    )

    $request = @{
        Method      = $Method
        Uri         = "$($Context.Graph)/v1.0/$Path"
        Headers     = @{ Authorization = "Bearer $([Net.NetworkCredential]::new('', $Context.Token).Password)" }
        ContentType = 'application/json; charset=utf-8'
    }
    if ($null -ne $Body) { $request['Body'] = ConvertTo-Json -InputObject $Body -Depth 8 -Compress }
    for ($attempt = 1; ; $attempt++) {
        try { return Invoke-Web -Request $request.Clone() -Proxy $Context.Proxy }
        catch {
            $failure = Get-WebFailure -Failure $_
            if ($attempt -ge 8 -or (@(429, 503, 504) + $Again) -notcontains $failure.Status) {
                $problem = [InvalidOperationException]::new("Graph refused $Method ${Path}: $($failure.Status) $($failure.Text)")
                $problem.Data['Status'] = $failure.Status
                throw $problem
            }
            Start-Sleep -Seconds 5
        }
    }
}
