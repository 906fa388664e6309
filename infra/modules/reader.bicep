metadata description = 'Lets the alert rules read the workspace that keeps their rows: a rule needs Reader on each workspace that its query reaches.'

import { readerRoleId } from 'roles.bicep'

@description('The workspace, in the resource group that this is deployed to.')
param workspaceName string

@description('Object id of the rules\' identity.')
param principalId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: workspace
  name: guid(workspace.id, principalId, readerRoleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readerRoleId)
    description: 'The alert rules of MimHybrid ask about its telemetry.'
  }
}
