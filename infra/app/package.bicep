// Where the package lies that the app runs: an account of its own, with an identity of its own.
//
// Apart from the account of the work, because whoever may write a package decides what runs next:
// the identity that holds the permissions for Microsoft Graph has no right here. Code in the app can
// still ask for either of its identities, so each package that was ever replaced is kept as a
// version for 90 days: what ran can be seen, and put back.
param name string
param location string
param tags object
param sku string
param packagePrincipalId string
param publicAccess bool

var containerName = 'app-package'

// Source: Microsoft Learn, "Azure built-in roles for Storage"; "Create and manage function apps in a
// Flex Consumption plan", deployment settings.
var roles = { storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' }

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: publicAccess ? 'Allow' : 'Deny', bypass: 'AzureServices' }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: 30 }
    containerDeleteRetentionPolicy: { enabled: true, days: 30 }
  }
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  dependsOn: [blobService]
  properties: {
    policy: {
      rules: [
        {
          name: 'old-packages'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: 90 } } }
          }
        }
      ]
    }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: containerName
  properties: { publicAccess: 'None' }
}

resource packageAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(container.id, packagePrincipalId, roles.storageBlobDataContributor)
  scope: container
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
    principalId: packagePrincipalId
    principalType: 'ServicePrincipal'
  }
}

output id string = account.id
output url string = '${account.properties.primaryEndpoints.blob}${container.name}'
