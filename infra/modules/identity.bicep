metadata description = 'Whom the alert rules ask as: an identity that can read, and nothing else.'

import { Tags } from 'types.bicep'
import { readerRoleId } from 'roles.bicep'

@description('Where the identity is kept.')
param location string

@description('What its name begins with.')
param namePrefix string

@description('Tags of the identity.')
param tags Tags

@description('The Application Insights resource that the rules ask about.')
param componentName string

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${namePrefix}-alerts'
  location: location
  tags: tags
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, identity.id, readerRoleId)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readerRoleId)
    description: 'The alert rules of MimHybrid ask about its telemetry.'
  }
}

@description('For the rules.')
output identityId string = identity.id

@description('For the role on the workspace.')
output principalId string = identity.properties.principalId
