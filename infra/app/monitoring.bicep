// Logs and Application Insights, neither of which takes data by key, and the workbook.
param suffix string
param location string
param tags object
param appPrincipalId string

// Source: Microsoft Learn, "Azure built-in roles for Monitor".
var roles = { monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb' }

resource logs 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${suffix}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    // 90 days: as long as a finished restore is kept, so its log can be read beside it.
    retentionInDays: 90
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${suffix}'
  location: location
  tags: tags
  kind: 'web'
  properties: { Application_Type: 'web', WorkspaceResourceId: logs.id, DisableLocalAuth: true }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, appPrincipalId, roles.monitoringMetricsPublisher)
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'reprieve-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Reprieve'
    category: 'workbook'
    sourceId: insights.id
    serializedData: loadTextContent('../monitor/workbook.json')
  }
}

output insightsId string = insights.id
output insightsAppId string = insights.properties.AppId
output connectionString string = insights.properties.ConnectionString
