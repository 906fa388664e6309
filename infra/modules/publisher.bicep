metadata description = 'Lets one service principal send telemetry to one Application Insights resource, and nothing else.'

import { publisherRoleId } from 'roles.bicep'

@description('The Application Insights resource.')
param componentName string

@description('Object id of the service principal: the enterprise application, or the managed identity of an Arc-enabled server.')
param principalId string

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, principalId, publisherRoleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publisherRoleId)
    description: 'MimHybrid sends its telemetry.'
  }
}
