// The function app on Flex Consumption, its settings and who may call it.
//
// siteConfig holds what Flex Consumption takes and nothing else: it refuses ftpsState, alwaysOn,
// linuxFxVersion and their like (ExtendedCode 51021). FTP is shut by its publishing policy below.
// Source: Azure/terraform-azurerm-avm-res-web-site, pull request 345.
param suffix string
param location string
param tags object
param identityId string
param identityClientId string
param packageIdentityId string
param loginIdentityId string
param loginIdentityClientId string
param packageUrl string
param storageName string
param insightsConnectionString string
param subnetId string
param authMode string
param apiClientId string
param allowedClientAppIds array
param anonymousHealth bool
param graphCloud string
param trailKeepDays int
@secure()
param extraSettings object
param zoneRedundant bool
param instanceMemoryMB int
param maximumInstanceCount int
param httpAlwaysReady int
param updateStrategy string

var usesEntra = authMode == 'entra'
var alwaysReady = httpAlwaysReady > 0 ? [{ name: 'http', instanceCount: httpAlwaysReady }] : []
// The API itself is always among them: the desk's people sign in as its own, and an empty list would
// leave it to the platform what "allowed" means.
var allowedApplications = union([apiClientId], allowedClientAppIds)
var hasLogin = !empty(loginIdentityId)
var workAndPackage = { '${identityId}': {}, '${packageIdentityId}': {} }
var login = hasLogin ? { '${loginIdentityId}': {} } : {}
// The platform's name for "prove it by this identity, not by a secret". The identity belongs to this
// site alone. Source: Microsoft Learn, "Configure your App Service or Azure Functions app to use
// Microsoft Entra sign-in", use a managed identity instead of a secret.
var loginSettings = hasLogin ? { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: loginIdentityClientId } : {}
var loginProof = hasLogin ? { clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID' } : {}
// Everything below a path is named by a star. Source: MicrosoftDocs/azure-docs issue 86514.
var deskPaths = hasLogin ? ['/api/desk', '/api/desk/*'] : []
var healthPaths = anonymousHealth ? ['/api/health'] : []
var registration = {
  clientId: apiClientId
  openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
}
var settings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  // Beside the addresses, which are preferred: with these alone the host now and then finds no way
  // to its blobs when it starts. Source: azure-functions-host issue 11787.
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AZURE_CLIENT_ID: identityClientId
  AUTH_MODE: authMode
  GRAPH_CLOUD: graphCloud
  TRAIL_KEEP_DAYS: string(trailKeepDays)
}

var functionAppConfig = {
  deployment: {
    storage: {
      type: 'blobContainer'
      value: packageUrl
      authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: packageIdentityId }
    }
  }
  runtime: { name: 'python', version: '3.13' }
  scaleAndConcurrency: {
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    // Said, because the platform's own default for Python is 1; all handlers are asynchronous.
    triggers: { http: { perInstanceConcurrency: 16 } }
  }
}
// Named only where it differs from the platform's default: rolling updates are not in every region.
// Source: Microsoft Learn, "Site update strategies in Flex Consumption".
var siteUpdate = updateStrategy == 'Recreate' ? {} : { siteUpdateStrategy: { type: updateStrategy } }

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${suffix}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: 'func-${suffix}'
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: union(workAndPackage, login)
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Without it a Key Vault reference in a setting would be resolved with an identity that the app lacks.
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: union(functionAppConfig, siteUpdate)
    siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2', http20Enabled: true }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(settings, loginSettings, extraSettings)
}

// One after the other: settings of one site that are written at once have been lost.
// Source: Azure/azure-dev pull request 3125.
resource auth 'Microsoft.Web/sites/config@2025-03-01' = if (usesEntra) {
  parent: app
  name: 'authsettingsV2'
  dependsOn: [appSettings]
  properties: {
    platform: { enabled: true, runtimeVersion: '~1' }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      excludedPaths: concat(healthPaths, deskPaths)
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: union(registration, loginProof)
        validation: {
          allowedAudiences: [apiClientId, 'api://${apiClientId}']
          defaultAuthorizationPolicy: { allowedApplications: allowedApplications }
        }
      }
    }
    login: { tokenStore: { enabled: false } }
  }
}

resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  dependsOn: [appSettings, auth]
  properties: { allow: false }
}

resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  dependsOn: [ftp]
  properties: { allow: false }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
