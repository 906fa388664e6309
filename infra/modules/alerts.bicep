metadata description = 'Four log alerts on what the agent sends, and whom they are mailed to.'

import { Tags } from 'types.bicep'

@description('Where the resources are made.')
param location string

@description('What all names begin with.')
param namePrefix string

@description('Tags of all resources.')
param tags Tags

@description('The Application Insights resource that the agent sends to.')
param componentId string

@description('Whom an alert is mailed to. Empty: nobody, and no action group is made.')
param emails string[]

@description('How long there may be no good cycle.')
param quiet string

@description('What one rule asks, and how often.')
type Rule = {
  @description('Ends the name of the resource.')
  name: string

  @description('What people see.')
  displayName: string

  @description('What it means and what to do.')
  description: string

  @description('0 critical, 1 error, 2 warning.')
  severity: 0 | 1 | 2

  @description('A query that answers one row with the column Value.')
  query: string

  @description('The time that the query sees.')
  window: string

  @description('How often it is asked.')
  every: string

  @description('How Value is compared with the threshold.')
  operator: 'LessThan' | 'GreaterThan'

  @description('What Value is compared with.')
  threshold: int
}

var rules Rule[] = [
  {
    name: 'no-good-cycle'
    displayName: 'MimHybrid: no good cycle'
    description: 'No cycle ended well for as long as the rule looks back. Every cycle fails, or the directory refuses an account in each, or the agent or its server is down. On the server: mimhybrid status, then mimhybrid log --last 5'
    severity: 1
    query: loadTextContent('../queries/alert-no-good-cycle.kql')
    window: quiet
    every: 'PT15M'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'agent-held'
    displayName: 'MimHybrid: the agent holds until a person acts'
    description: 'The removal guard holds more removals than allowed, or a cause that needs a person. On the server: mimhybrid status says which, and what to do. Until then no guest change reaches the directory.'
    severity: 1
    query: loadTextContent('../queries/alert-agent-held.kql')
    window: 'PT15M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'guests-not-arriving'
    displayName: 'MimHybrid: guests do not arrive in MIM'
    description: 'Graph told of guests whom MIM did not show, whatever was tried. Look whether the management agent reads the same tenant, and whether its filter and rules let these guests through: mimhybrid log --last 5'
    severity: 2
    query: loadTextContent('../queries/alert-guests-not-arriving.kql')
    window: 'PT30M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'accounts-refused'
    displayName: 'MimHybrid: the directory refuses accounts'
    description: 'The last export could not write some accounts: these guests have none, or an old one, until the cause is mended. On the server: mimhybrid status names them with the text of the directory'
    severity: 2
    query: loadTextContent('../queries/alert-accounts-refused.kql')
    window: 'PT30M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: '${namePrefix}-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'MimHybrid'
    emailReceivers: [
      for email in emails: {
        name: email
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${namePrefix}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.displayName
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [componentId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Total'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(emails) ? [] : [group.id]
      }
    }
  }
]
