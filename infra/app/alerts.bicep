// What wakes somebody up. RUNBOOK.md says of each what it means and what to do.
//
// The platform's own queue metric is of the whole account, so all rules read the log; the queries
// lie in ../monitor, where a test compares them with what the service writes.
param prefix string
param suffix string
param location string
param tags object
param insightsId string
param alertEmail string

var rules = [
  {
    name: 'poison'
    title: 'A message was moved to a poison queue'
    severity: 1
    query: loadTextContent('../monitor/poison.kql')
    every: 'PT5M'
    window: 'PT10M'
    operator: 'GreaterThan'
    threshold: 0
    looksBack: null
  }
  {
    name: 'failed'
    title: 'A function failed, or answered 5xx'
    severity: 2
    query: loadTextContent('../monitor/failed.kql')
    every: 'PT5M'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    looksBack: null
  }
  {
    name: 'heartbeat'
    title: 'The sweep has not run for 15 minutes'
    severity: 1
    query: loadTextContent('../monitor/heartbeat.kql')
    every: 'PT5M'
    window: 'PT15M'
    operator: 'LessThan'
    threshold: 1
    looksBack: null
  }
  {
    name: 'closing'
    title: 'A restore waits, and its window closes within a day'
    severity: 1
    query: loadTextContent('../monitor/closing.kql')
    every: 'PT15M'
    window: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    // The longest that Azure Monitor allows: a restore may say once, and long before, that it waits.
    looksBack: 'P2D'
  }
  {
    name: 'permission'
    title: 'Microsoft Graph refused for want of a permission'
    severity: 2
    query: loadTextContent('../monitor/permission.kql')
    every: 'PT15M'
    window: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    looksBack: null
  }
  {
    name: 'backlog'
    title: 'A queue message has been waiting for its turn for 15 minutes'
    severity: 2
    query: loadTextContent('../monitor/backlog.kql')
    every: 'PT5M'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    looksBack: null
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: 'ag-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: prefix
    enabled: true
    emailReceivers: [{ name: 'operations', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: '${rule.name}-${suffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      severity: rule.severity
      enabled: true
      scopes: [insightsId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      overrideQueryTimeRange: rule.looksBack
      // The tables of an Application Insights that was made minutes ago may not be there yet.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: empty(alertEmail) ? [] : [people.id] }
    }
  }
]
