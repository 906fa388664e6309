# What the policies of a domain would undo or forbid: asked before anything is changed, and said in words that can be given to whoever maintains them.

function Assert-Policy {
    <#
    .SYNOPSIS
    Warns where a group policy will take the logon right away again, and stops where one forbids the password of a task.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [ValidateSet('Task', 'Service')] [string] $RunAs,
        [Parameter(Mandatory)] $Account
    )

    if ($RunAs -eq 'Task' -and -not $Account.IsManaged -and -not (Test-PasswordStorage)) { throw "$script:NoStoredPassword. Nothing was changed." }
    $right = Get-RunnerRight -RunAs $RunAs
    $plain = $script:RightName[$right]
    foreach ($policy in @(Get-PolicyRight | Where-Object { $_.Right -eq $right })) {
        if (@($policy.Account | Where-Object { Test-RightHolder -Entry $_ -Sid $Account.Sid }).Count -gt 0) { continue }
        Write-Warning "The group policy '$($policy.Policy)' says who has '$plain' on this server, and does not name $($Account.Name): at its next refresh, within two hours, Windows takes the right that the installation gives away again, and the agent does not start any more. Whoever maintains that policy must add the account (Computer Configuration, Policies, Windows Settings, Security Settings, Local Policies, User Rights Assignment, '$plain'). That a group of it is named, this does not see."
    }
}
