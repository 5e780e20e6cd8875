// Reprieve in Azure: one resource group with one Flex Consumption app, an identity for its work and
// one for its package, a storage account for each, and the monitoring.
//
// `make check-infra` reads these files without a compiler, so they are written in what pycep can
// parse: no union or inline object types, no spread, no ternary over several lines. The workflow
// `checks` under .github runs the compiler, its linter and its formatter.
// What the app may do in Microsoft 365 is not decided here: see graph/.
targetScope = 'subscription'

@description('Name of the azd environment; part of the name of the resource group.')
@minLength(1)
@maxLength(20)
param environmentName string

// Source: Azure-Samples/functions-quickstart-python-http-azd, infra/main.bicep, without the canary
// region and without westcentralus, where Application Insights is not offered.
@description('Azure region: one that offers Flex Consumption. A subscription has 250 cores of Flex in a region unless more was asked for.')
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('Prefix of the resource names: lower-case letters and digits.')
@minLength(3)
@maxLength(8)
param prefix string = 'reprieve'

@description('How callers are known. entra: by tokens of Microsoft Entra ID, with app roles; needs apiClientId. keys: not at all, whoever has a function key may read and request.')
@allowed(['entra', 'keys'])
param authMode string

@description('Client id of the API app registration that callers get tokens for (graph/register_api.py prints it); with authMode=entra.')
param apiClientId string = ''

@description('Client ids of the applications that may call the API beside the API itself, with commas between.')
param allowedClientAppIds string = ''

@description('Whether people may open the desk, GET /api/desk, and sign in there; with authMode=entra. Its files hold no data and answer without a token.')
param desk bool = true

@description('Whether GET /api/health answers without a token. Leave it false until the smoke test has shown what the platform does with a forged principal there.')
param anonymousHealth bool = false

@description('Object ids of service principals or managed identities that may put messages on restore-requests, with commas between.')
param requestSenderPrincipalIds string = ''

@description('Object ids of service principals or managed identities that may take messages off restore-results and restore-alerts, with commas between.')
param resultReaderPrincipalIds string = ''

@description('The cloud whose Microsoft Graph is asked. These templates are for the public cloud; the app itself serves the others.')
@allowed(['global', 'usgov', 'usgovdod', 'china'])
param graphCloud string = 'global'

@description('More app settings, by name; infra/README.md lists them with their defaults.')
@secure()
param extraSettings object = {}

@description('Who is told of alerts. Empty: the alert rules exist and tell nobody.')
param alertEmail string = ''

@description('Storage behind private endpoints, and the app in a virtual network. HTTP stays public, behind Entra ID.')
param privateNetwork bool = false

@description('Zone-redundant plan. The platform then keeps two instances ready for every function group, of which this app has ten, and bills all twenty at their baseline price.')
param zoneRedundant bool = false

@description('Days that nobody can change or remove what proves the trail; at least LEDGER_KEEP_DAYS.')
@minValue(1)
@maxValue(146000)
param trailKeepDays int = 365

@description('Zone-redundant storage, or, where the region has none, locally redundant.')
@allowed(['Standard_ZRS', 'Standard_LRS'])
param storageSku string = 'Standard_ZRS'

@description('Memory of an instance; a quarter, one, or two of its cores go with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most on-demand instances of each function group; never fewer than httpAlwaysReady.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('HTTP instances that are kept warm; 0 costs nothing and answers the first caller late. Never 1: a single one is replaced every half hour and drops the requests of that moment, and a zone-redundant plan refuses it.')
@allowed([0, 2, 3, 4, 6, 8, 10, 20])
param httpAlwaysReady int = 0

@description('What a deployment does with work under way. Recreate ends it at once, and it comes back by itself; RollingUpdate lets it finish, while two versions run side by side.')
@allowed(['Recreate', 'RollingUpdate'])
param updateStrategy string = 'Recreate'

// The ids of a list with commas between; blanks and a comma too many are forgiven.
func idsOf(list string) array => filter(map(split(list, ','), id => trim(id)), id => !empty(id))

// Source: Microsoft Learn, "Azure Storage redundancy", regions with zone-redundant storage.
var withoutZones = ['australiasoutheast', 'northcentralus', 'southindia', 'ukwest', 'westus']
var prefixLetters = map(range(0, length(prefix)), at => substring(prefix, at, 1))
var oddLetters = filter(prefixLetters, letter => !contains('abcdefghijklmnopqrstuvwxyz0123456789', letter))

var hasLogin = desk && authMode == 'entra'
var isMissingApi = authMode == 'entra' && empty(apiClientId)
var isWithoutZones = storageSku == 'Standard_ZRS' && contains(withoutZones, location)

// What one parameter cannot say of another. The deployment ends here, before anything is made.
var checked = {
  prefix: empty(oddLetters) ? prefix : fail('prefix: lower-case letters and digits only.')
  authMode: isMissingApi ? fail('authMode=entra needs apiClientId: run infra/graph/register_api.py and set API_CLIENT_ID. For function keys say authMode=keys.') : authMode
  storageSku: isWithoutZones ? fail('This region has no zone-redundant storage: take another, or storageSku=Standard_LRS.') : storageSku
}

var tags = { 'azd-env-name': environmentName, application: 'reprieve' }
// Another spelling of the same place must not make a second app beside the first.
var place = toLower(replace(location, ' ', ''))
var token = toLower(uniqueString(subscription().id, toLower(environmentName), place))
var names = {
  suffix: '${checked.prefix}-${token}'
  storage: 'st${checked.prefix}${take(token, 13)}'
  packageStorage: 'st${checked.prefix}${take(token, 10)}pkg'
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${checked.prefix}-${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: 'id-${names.suffix}', location: location, tags: tags }
}

module packageIdentity 'app/identity.bicep' = {
  name: 'packageIdentity'
  scope: group
  params: { name: 'id-package-${names.suffix}', location: location, tags: tags }
}

// By its word the login of the desk proves that it is the API's own: no client secret. Whoever runs
// as it gets tokens for the API and nothing else, so it is not the identity of the work.
module loginIdentity 'app/identity.bicep' = if (hasLogin) {
  name: 'loginIdentity'
  scope: group
  params: { name: 'id-login-${names.suffix}', location: location, tags: tags }
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
    sku: checked.storageSku
    appPrincipalId: identity.outputs.principalId
    requestSenderPrincipalIds: idsOf(requestSenderPrincipalIds)
    resultReaderPrincipalIds: idsOf(resultReaderPrincipalIds)
    publicAccess: !privateNetwork
    trailKeepDays: trailKeepDays
  }
}

module package 'app/package.bicep' = {
  name: 'package'
  scope: group
  params: {
    name: names.packageStorage
    location: location
    tags: tags
    sku: checked.storageSku
    packagePrincipalId: packageIdentity.outputs.principalId
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
    packageStorageId: package.outputs.id
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
    packageIdentityId: packageIdentity.outputs.id
    loginIdentityId: hasLogin ? loginIdentity!.outputs.id : ''
    loginIdentityClientId: hasLogin ? loginIdentity!.outputs.clientId : ''
    packageUrl: package.outputs.url
    storageName: storage.outputs.name
    insightsConnectionString: monitoring.outputs.connectionString
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    authMode: checked.authMode
    apiClientId: apiClientId
    allowedClientAppIds: idsOf(allowedClientAppIds)
    anonymousHealth: anonymousHealth
    graphCloud: graphCloud
    trailKeepDays: trailKeepDays
    extraSettings: extraSettings
    zoneRedundant: zoneRedundant
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: max(maximumInstanceCount, httpAlwaysReady)
    httpAlwaysReady: httpAlwaysReady
    updateStrategy: updateStrategy
  }
}

module alerts 'app/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    prefix: checked.prefix
    suffix: names.suffix
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    alertEmail: alertEmail
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output SERVICE_API_NAME string = app.outputs.name
output FUNCTION_APP_NAME string = app.outputs.name
output FUNCTION_APP_URL string = app.outputs.url
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output IDENTITY_CLIENT_ID string = identity.outputs.clientId
output LOGIN_IDENTITY_PRINCIPAL_ID string = hasLogin ? loginIdentity!.outputs.principalId : ''
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
output REQUEST_QUEUE_URL string = storage.outputs.requestQueueUrl
output APPLICATIONINSIGHTS_APP_ID string = monitoring.outputs.insightsAppId
