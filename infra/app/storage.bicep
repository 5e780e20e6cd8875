// The storage account of the work: host coordination, ledger and queues. No shared keys.
//
// The account belongs to the app alone, so the app's data roles stand on the account: the host makes
// containers of its own in it, and the app makes a table or queue that an upgrade added. Other
// applications get a role on one queue and nothing else.
param name string
param location string
param tags object
param sku string
param appPrincipalId string
param requestSenderPrincipalIds array
param resultReaderPrincipalIds array
param publicAccess bool
param trailKeepDays int

// Every queue of the code, its poison queues included (shared/ledger/storage.py, QUEUE_NAMES).
// A poison queue that exists from the start is readable before the first poison message.
var queueNames = [
  'restore-requests'
  'restore-requests-poison'
  'restore-work'
  'restore-work-poison'
  'restore-results'
  'restore-alerts'
]

// Every table of the code (shared/ledger/storage.py, TABLE_NAMES).
var tableNames = [
  'restores'
  'restorejoins'
  'restoresunfinished'
  'restoresbyday'
  'userlocks'
  'observations'
  'throttles'
  'guards'
  'auditchanges'
  'seatwaiters'
  'observeddays'
  'observednames'
  'observeround'
  'losses'
  'deliveries'
  'subscriptions'
  'batches'
  'heartbeats'
  'callers'
]

var requestQueue = 'restore-requests'
var readableQueues = ['restore-results', 'restore-alerts']

// Source: Microsoft Learn, "Azure built-in roles for Storage".
var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  storageQueueDataMessageProcessor: '8a0f0c08-91a1-4084-bc3d-661d67233fed'
}
// Blobs: leases of timers, keys. Queues: triggers, poison. Tables: ledger, host events.
var appRoles = [
  roles.storageBlobDataOwner
  roles.storageQueueDataContributor
  roles.storageTableDataContributor
]

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
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

// The day's heads of the trail and the erasures, each written once (shared/ledger/trail_store). The
// policy is unlocked: whoever wants that not even an owner can shorten it locks it (RUNBOOK.md).
resource trail 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: 'trail'
}

resource trailPolicy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = {
  parent: trail
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: trailKeepDays
    allowProtectedAppendWrites: false
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = [
  for queue in queueNames: {
    parent: queueService
    name: queue
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-06-01' = [
  for table in tableNames: {
    parent: tableService
    name: table
  }
]

resource appAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in appRoles: {
    name: guid(account.id, appPrincipalId, role)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource intakeQueue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' existing = {
  parent: queueService
  name: requestQueue
}

resource senderAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for sender in requestSenderPrincipalIds: {
    name: guid(account.id, requestQueue, sender, roles.storageQueueDataMessageSender)
    scope: intakeQueue
    dependsOn: [queues]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataMessageSender)
      principalId: sender
      principalType: 'ServicePrincipal'
    }
  }
]

resource resultQueue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' existing = {
  parent: queueService
  name: readableQueues[0]
}

resource resultReaderAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for reader in resultReaderPrincipalIds: {
    name: guid(account.id, readableQueues[0], reader, roles.storageQueueDataMessageProcessor)
    scope: resultQueue
    dependsOn: [queues]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataMessageProcessor)
      principalId: reader
      principalType: 'ServicePrincipal'
    }
  }
]

resource alertQueue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' existing = {
  parent: queueService
  name: readableQueues[1]
}

resource alertReaderAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for reader in resultReaderPrincipalIds: {
    name: guid(account.id, readableQueues[1], reader, roles.storageQueueDataMessageProcessor)
    scope: alertQueue
    dependsOn: [queues]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataMessageProcessor)
      principalId: reader
      principalType: 'ServicePrincipal'
    }
  }
]

output id string = account.id
output name string = account.name
output requestQueueUrl string = '${account.properties.primaryEndpoints.queue}${requestQueue}'
