# What the scripts beside this file share. Each part is a file of its own; a reader begins with the script and comes here by name.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The names that other parts of MimHybrid rely on, too: README, the agent's own 'task' commands, the documents.
$script:AgentTask = 'MIM Hybrid Agent'
$script:CheckTask = 'MIM Hybrid Check'
$script:AgentService = 'MimHybrid'
$script:OldTask = 'MIM Scheduled Sync'
$script:EventSource = 'MimHybrid'
$script:Executable = 'mimhybrid.exe'
$script:SettingsFile = 'appsettings.json'
$script:RecordFile = 'install.json'
$script:System = 'S-1-5-18'
$script:Administrators = 'S-1-5-32-544'

foreach ($part in 'Windows', 'Session', 'JournalEntry', 'Journal', 'Account', 'Right', 'Policy', 'Folder', 'Meaning', 'Access', 'Protection', 'Source', 'Program', 'DataFolder', 'SettingsText', 'Settings', 'Record', 'EventSource', 'Task', 'OldTaskSearch', 'OldTask', 'Service', 'Runner', 'Agent', 'AgentCheck', 'AccountCheck', 'Names', 'Store', 'Certificate', 'SignIn', 'Permission', 'Entra', 'Application') {
    . ([IO.Path]::Combine($PSScriptRoot, 'MimHybrid', "$part.ps1"))
}
