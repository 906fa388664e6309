# The agent's own check, run and shown. As the agent's account it is run in AccountCheck.ps1.

$script:CheckLines = @() # of the last one

function Invoke-AgentCheck {
    <#
    .SYNOPSIS
    Runs the agent's own check, shows its lines, and answers whether nothing failed; with patience, tries again for a while.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $ProgramFolder,
        [Parameter(Mandatory)] [string] $DataFolder,
        [timespan] $Patience = [timespan]::Zero
    )

    if (-not $PSCmdlet.ShouldProcess($ProgramFolder, 'Check settings, rights, sign-in, MIM and the task')) { return $true }
    $check = @{
        Tool     = [IO.Path]::Combine($ProgramFolder, $script:Executable)
        Argument = @('check') + @(Get-DataArgument -DataFolder $DataFolder)
        Allowed  = 0, 3, 4
    }
    Show-CheckAnswer -Answer (Get-PatientAnswer -Patience $Patience -Ask { Invoke-Native @check }) -As 'you'
}

function Get-PatientAnswer {
    <#
    .SYNOPSIS
    Asks for a check, and while Entra or Graph refuses, asks again for a while: what was made there a moment ago is not known everywhere at once.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [scriptblock] $Ask,
        [Parameter(Mandatory)] [timespan] $Patience
    )

    $answer = & $Ask
    for ($waited = 0; $waited -lt $Patience.TotalSeconds -and @($answer.Lines -match '^failed\s+(sign-in|graph)\s').Count -gt 0; $waited += 20) {
        Write-Report 'The check found something. What was made in Entra a moment ago may not be known everywhere yet: trying again in 20 seconds.'
        Start-Sleep -Seconds 20
        $answer = & $Ask
    }
    $answer
}

function Show-CheckAnswer {
    <#
    .SYNOPSIS
    Shows the lines of a check, and answers whether nothing failed.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] $Answer,
        [Parameter(Mandatory)] [string] $As
    )

    Write-Report "mimhybrid check, as ${As}:"
    foreach ($line in $Answer.Lines) { Write-Report "  $line" }
    $script:CheckLines = @($Answer.Lines)
    $Answer.Code -eq 0
}

function Get-CheckAdvice {
    <#
    .SYNOPSIS
    What to do where the last check failed. Other names of management agents are found by the agent, which this installation is about to take away again.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $ProgramFolder)

    $said = "'mimhybrid check' found something; the lines 'failed' above say what to do. With -AllowFailedCheck everything stays installed, but not started."
    if (-not (Test-NameMissing)) { return $said }
    "$said Where MIM's management agents or run profiles have other names: install with -AllowFailedCheck, let the agent find them (& '$([IO.Path]::Combine($ProgramFolder, $script:Executable))' config discover --write), and run this again."
}
