using './main.bicep'

// An example: into a workspace of another subscription that is there already, where rules of its own watch what arrives.
param workspaceId = '/subscriptions/00000000-0000-0000-0000-000000000003/resourceGroups/rg-monitoring/providers/Microsoft.OperationalInsights/workspaces/central-logs'
param publisherPrincipalId = '11111111-1111-1111-1111-111111111111' // the enterprise application's object id
param alertEmails = ['identity-operators@contoso.example']
param deployWorkbook = false
