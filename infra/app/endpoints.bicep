// Optional: storage reachable from the virtual network alone, one private endpoint for each service
// of the account of the work, and one for the package.
param suffix string
param location string
param tags object
param storageId string
param packageStorageId string
param networkId string
param subnetId string

var services = ['blob', 'queue', 'table']
// `zone` is the place of its service in the list above.
var targets = [
  { name: 'blob', service: 'blob', zone: 0, account: storageId }
  { name: 'queue', service: 'queue', zone: 1, account: storageId }
  { name: 'table', service: 'table', zone: 2, account: storageId }
  { name: 'package', service: 'blob', zone: 0, account: packageStorageId }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, index) in services: {
    parent: zones[index]
    name: 'link-${suffix}'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for target in targets: {
    name: 'pe-${target.name}-${suffix}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: target.name
          properties: { privateLinkServiceId: target.account, groupIds: [target.service] }
        }
      ]
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (target, index) in targets: {
    parent: endpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: target.service, properties: { privateDnsZoneId: zones[target.zone].id } }
      ]
    }
  }
]
