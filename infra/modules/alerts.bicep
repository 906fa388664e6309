metadata description = 'Log alerts on what the agent sends, and whom they are mailed to.'

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

@description('Whom the rules ask as.')
param identityId string

@description('Minutes for which there may be no good cycle.')
param quietMinutes int

@description('Minutes for which Graph may be unread.')
param unreadMinutes int

@description('What one rule asks. All ask each quarter of an hour.')
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

  @description('What Value has to be above for an alert.')
  threshold: int

  @description('Where it is given, an alert never ends by itself: it is told again after this time as long as it is so.')
  remindAfter: string?
}

// Long enough for rows that arrive late, and for whoever sends every five minutes only.
var lately = 'PT30M'

var rules Rule[] = [
  {
    name: 'no-good-cycle'
    displayName: 'MimHybrid: no good cycle'
    description: 'No cycle ended well for too long: each fails, or the directory refuses an account in each. On the server: mimhybrid status, then mimhybrid log --last 5'
    severity: 1
    query: loadTextContent('../queries/alert-no-good-cycle.kql')
    window: lately
    threshold: quietMinutes
  }
  {
    name: 'agent-silent'
    displayName: 'MimHybrid: the agent is silent'
    description: 'A server that has sent telemetry sends none any more: the agent or the server is down, or its way to Azure is closed. On the server: mimhybrid status, and the event log (Application, source MimHybrid). This alert does not end by itself; two days after the last row it is told no more.'
    severity: 1
    query: loadTextContent('../queries/alert-agent-silent.kql')
    window: 'P2D' // the longest that a rule may look back
    threshold: 0
    remindAfter: 'P1D'
  }
  {
    name: 'agent-held'
    displayName: 'MimHybrid: the agent holds until a person acts'
    description: 'The removal guard holds more removals than allowed, or a cause that needs a person. On the server: mimhybrid status says which, and what to do. Until then no guest change reaches the directory.'
    severity: 1
    query: loadTextContent('../queries/alert-agent-held.kql')
    window: lately
    threshold: 0
  }
  {
    name: 'graph-not-read'
    displayName: 'MimHybrid: Graph cannot be read'
    description: 'No guest change has been seen for too long, although timed cycles go on. On the server: mimhybrid check tests each part of the way to Graph, and mimhybrid status has the cause.'
    severity: 1
    query: loadTextContent('../queries/alert-graph-not-read.kql')
    window: lately
    threshold: unreadMinutes
  }
  {
    name: 'cycles-failing'
    displayName: 'MimHybrid: cycles of one sequence fail'
    description: 'Three or more cycles of a sequence have failed in a row, also where others end well: guests may wait for hours. On the server: mimhybrid status, then mimhybrid log --failed'
    severity: 1
    query: loadTextContent('../queries/alert-cycles-failing.kql')
    window: lately
    threshold: 2
  }
  {
    name: 'guests-not-arriving'
    displayName: 'MimHybrid: guests do not arrive in MIM'
    description: 'Graph told of guests whom MIM has not shown, whatever was tried. Look whether the management agent reads the same tenant, and whether its filter and rules let these guests through: mimhybrid log --last 5'
    severity: 2
    query: loadTextContent('../queries/alert-guests-not-arriving.kql')
    window: lately
    threshold: 0
  }
  {
    name: 'accounts-refused'
    displayName: 'MimHybrid: the directory refuses accounts'
    description: 'The last export could not write some accounts: these guests have none, or an old one, until the cause is mended. On the server: mimhybrid status names them with the text of the directory'
    severity: 2
    query: loadTextContent('../queries/alert-accounts-refused.kql')
    window: lately
    threshold: 0
  }
  {
    name: 'credential-ends'
    displayName: 'MimHybrid: the credential ends within thirty days'
    description: 'The certificate or client secret with which the agent signs in ends soon; without a new one no guest change is seen. On the server: mimhybrid status has the day and what to do.'
    severity: 2
    query: loadTextContent('../queries/alert-credential-ends.kql')
    window: lately
    threshold: 0
  }
  {
    name: 'credential-last-week'
    displayName: 'MimHybrid: the credential ends within a week'
    description: 'The certificate or client secret with which the agent signs in ends within seven days, or has ended; without a new one no guest change is seen. On the server: mimhybrid status has the day and what to do.'
    severity: 1
    query: loadTextContent('../queries/alert-credential-last-week.kql')
    window: lately
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
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: {
        '${identityId}': {}
      }
    }
    properties: {
      displayName: rule.displayName
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [componentId]
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      autoMitigate: rule.?remindAfter == null
      muteActionsDuration: rule.?remindAfter
      skipQueryValidation: true // the identity's roles may not be in force yet; the queries are held against the tables by tests
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Total'
            operator: 'GreaterThan'
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
