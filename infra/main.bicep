// Reprieve in Azure: one resource group, one Flex Consumption app, one storage account, one identity.
//
// Written in the subset of Bicep that pycep can parse (no extension, func, import, nullable or
// union types, spread, multi-line ternary), because `make check-infra` reads it without a compiler.
// What the app may do in Microsoft 365 is not decided here: see graph/.
targetScope = 'subscription'

@description('Name of the azd environment; part of the names of all resources.')
@minLength(1)
@maxLength(20)
param environmentName string

@description('Azure region. It must offer Flex Consumption.')
param location string

@description('Short lower-case prefix of the resource names.')
@minLength(3)
@maxLength(8)
param prefix string = 'reprieve'

@description('Client id of the API app registration that callers get tokens for (graph/register_api.py prints it). Empty: function keys instead of Entra ID.')
param apiClientId string = ''

@description('Client ids of the applications that may call the API, with commas between. Empty: none but the API itself.')
param allowedClientAppIds string = ''

@description('Whether GET /api/health answers without a token.')
param anonymousHealth bool = true

@description('Object ids of service principals or managed identities that may put messages on restore-requests, with commas between.')
param requestSenderPrincipalIds string = ''

@description('Object ids of service principals or managed identities that may take messages off restore-results and restore-alerts, with commas between.')
param resultReaderPrincipalIds string = ''

@description('The cloud whose Microsoft Graph is asked.')
@allowed(['global', 'usgov', 'usgovdod', 'china'])
param graphCloud string = 'global'

@description('More app settings, by name; README.md lists them with their defaults.')
@secure()
param extraSettings object = {}

@description('Who is told of alerts. Empty: the alert rules exist and tell nobody.')
param alertEmail string = ''

@description('Storage behind private endpoints, and the app in a virtual network. HTTP stays public, behind Entra ID.')
param privateNetwork bool = false

@description('Zone-redundant plan; costs more while always-ready instances are used.')
param zoneRedundant bool = false

@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most on-demand instances of each function group.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('HTTP instances that are kept warm; 0 costs nothing and answers the first caller late.')
@minValue(0)
param httpAlwaysReady int = 0

var tags = { 'azd-env-name': environmentName, application: 'reprieve' }
var token = toLower(uniqueString(subscription().id, environmentName, location))
var names = {
  suffix: '${prefix}-${token}'
  storage: 'st${prefix}${take(token, 13)}'
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${prefix}-${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: 'id-${names.suffix}', location: location, tags: tags }
}

module network 'app/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: { suffix: names.suffix, location: location, tags: tags }
}

module storage 'app/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    requestSenderPrincipalIds: empty(requestSenderPrincipalIds) ? [] : split(requestSenderPrincipalIds, ',')
    resultReaderPrincipalIds: empty(resultReaderPrincipalIds) ? [] : split(resultReaderPrincipalIds, ',')
    publicAccess: !privateNetwork
  }
}

module endpoints 'app/endpoints.bicep' = if (privateNetwork) {
  name: 'endpoints'
  scope: group
  params: {
    suffix: names.suffix
    location: location
    tags: tags
    storageId: storage.outputs.id
    networkId: privateNetwork ? network!.outputs.id : ''
    subnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
  }
}

module monitoring 'app/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    suffix: names.suffix
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
  }
}

module app 'app/function.bicep' = {
  name: 'function'
  scope: group
  dependsOn: [endpoints]
  params: {
    suffix: names.suffix
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    insightsConnectionString: monitoring.outputs.connectionString
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    apiClientId: apiClientId
    allowedClientAppIds: empty(allowedClientAppIds) ? [] : split(allowedClientAppIds, ',')
    anonymousHealth: anonymousHealth
    graphCloud: graphCloud
    extraSettings: extraSettings
    zoneRedundant: zoneRedundant
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpAlwaysReady: httpAlwaysReady
  }
}

module alerts 'app/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    prefix: prefix
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    alertEmail: alertEmail
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = app.outputs.name
output FUNCTION_APP_URL string = app.outputs.url
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output IDENTITY_CLIENT_ID string = identity.outputs.clientId
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
output REQUEST_QUEUE_URL string = storage.outputs.requestQueueUrl
