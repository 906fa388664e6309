using './main.bicep'

// An example: into a workspace that is there already, and only for the agent that signs in.
param workspaceId = '/subscriptions/00000000-0000-0000-0000-000000000003/resourceGroups/rg-monitoring/providers/Microsoft.OperationalInsights/workspaces/central-logs'
param disableLocalAuth = true
param publisherPrincipalId = '11111111-1111-1111-1111-111111111111' // the enterprise application's object id
param deployAlerts = false
param deployWorkbook = false
