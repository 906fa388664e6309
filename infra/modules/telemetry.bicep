metadata description = 'Application Insights, and the Log Analytics workspace that keeps its data.'

import { Tags } from 'types.bicep'

@description('Where the resources are made.')
param location string

@description('What all names begin with.')
param namePrefix string

@description('Tags of all resources.')
param tags Tags

@description('The workspace to use. Empty: one is made.')
param workspaceId string

@description('Days for which a workspace made here keeps the data.')
param retentionInDays int

@description('The most that a workspace made here takes in per day, in GB. -1: no limit.')
param dailyQuotaGb string

@description('Refuses telemetry from whoever does not sign in.')
param disableLocalAuth bool

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = if (empty(workspaceId)) {
  name: '${namePrefix}-logs'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionInDays
    workspaceCapping: {
      dailyQuotaGb: json(dailyQuotaGb)
    }
    features: {
      // Whoever may read the Application Insights resource may read its rows, and nobody needs the whole workspace.
      enableLogAccessUsingOnlyResourcePermissions: true
      // The workspace's own keys are not used by anything here.
      disableLocalAuth: true
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: '${namePrefix}-insights'
  location: location
  tags: tags
  kind: 'other'
  properties: {
    Application_Type: 'other'
    WorkspaceResourceId: empty(workspaceId) ? workspace.id : workspaceId
    DisableLocalAuth: disableLocalAuth
  }
}

@description('For whoever reads or watches the telemetry.')
output componentId string = component.id

@description('For role assignments.')
output componentName string = component.name

@description('For the right of the alert rules to read it.')
output workspaceName string = last(split(component.properties.WorkspaceResourceId, '/'))
