targetScope = 'resourceGroup'

import { Tags } from 'modules/types.bicep'

metadata name = 'MimHybrid in Azure'
metadata description = 'What an on-premises MimHybrid can use in Azure: a place for its telemetry, alerts, and a workbook with its run log. Each is optional; the agent needs none of it.'

@description('Where the resources are made. Defaults to the region of the resource group.')
param location string = resourceGroup().location

@description('What all names begin with.')
@minLength(2)
@maxLength(20)
param namePrefix string = 'mimhybrid'

@description('Tags of all resources.')
param tags Tags = {}

@description('The Log Analytics workspace that keeps the data. Empty: one is made.')
param workspaceId string = ''

@description('Days for which a workspace made here keeps the data.')
@minValue(30)
@maxValue(730)
param retentionInDays int = 90

@description('The most that a workspace made here takes in per day, in GB, as a text because Bicep knows whole numbers only; whatever is beyond is lost until the next day. -1: no limit.')
param dailyQuotaGb string = '0.1'

@description('Refuses telemetry from whoever knows the connection string alone: the agent has to sign in (its setting Telemetry:AzureMonitorSignIn).')
param disableLocalAuth bool = true

@description('Object id of the service principal (not of the app registration) that may send telemetry; an agent that signs in needs the role. Empty: nobody is given it.')
param publisherPrincipalId string

@description('Makes the alert rules, and the identity that they ask as.')
param deployAlerts bool = true

@description('Whom an alert is mailed to. Empty: alerts are shown in the portal only, and no action group is made.')
param alertEmails string[] = []

@description('Minutes for which there may be no good cycle before an alert. Longer than the interval of FallbackCycle, which is one hour unless changed.')
@minValue(15)
param alertAfterQuietMinutes int = 120

@description('Minutes for which Graph may be unread before an alert. Longer than the interval of the polls, which is one minute unless changed.')
@minValue(15)
param alertAfterUnreadMinutes int = 30

@description('Makes the workbook that shows the run log.')
param deployWorkbook bool = true

module telemetry 'modules/telemetry.bicep' = {
  params: {
    location: location
    namePrefix: namePrefix
    tags: tags
    workspaceId: workspaceId
    retentionInDays: retentionInDays
    dailyQuotaGb: dailyQuotaGb
    disableLocalAuth: disableLocalAuth
  }
}

module publisher 'modules/publisher.bicep' = if (!empty(publisherPrincipalId)) {
  params: {
    componentName: telemetry.outputs.componentName
    principalId: publisherPrincipalId
  }
}

module identity 'modules/identity.bicep' = if (deployAlerts) {
  params: {
    location: location
    namePrefix: namePrefix
    tags: tags
    componentName: telemetry.outputs.componentName
  }
}

var workspaceParts = split(workspaceId, '/')

module reader 'modules/reader.bicep' = if (deployAlerts) {
  scope: resourceGroup(
    empty(workspaceId) ? subscription().subscriptionId : workspaceParts[2],
    empty(workspaceId) ? resourceGroup().name : workspaceParts[4]
  )
  params: {
    workspaceName: telemetry.outputs.workspaceName
    principalId: identity!.outputs.principalId
  }
}

module alerts 'modules/alerts.bicep' = if (deployAlerts) {
  params: {
    location: location
    namePrefix: namePrefix
    tags: tags
    componentId: telemetry.outputs.componentId
    identityId: identity!.outputs.identityId
    emails: alertEmails
    quietMinutes: alertAfterQuietMinutes
    unreadMinutes: alertAfterUnreadMinutes
  }
  dependsOn: [reader]
}

module workbook 'modules/workbook.bicep' = if (deployWorkbook) {
  params: {
    location: location
    tags: tags
    componentId: telemetry.outputs.componentId
  }
}

@description('The Application Insights resource. Its connection string is read from the portal or by: az monitor app-insights component show')
output componentName string = telemetry.outputs.componentName
