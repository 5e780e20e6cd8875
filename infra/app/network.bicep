// Optional: the virtual network of the app. Flex Consumption wants its subnet delegated so.
// Source: Microsoft Learn, "Azure Functions Flex Consumption plan", virtual network integration.
param suffix string
param location string
param tags object

resource appGuard 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: 'nsg-${suffix}'
  location: location
  tags: tags
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${suffix}'
  location: location
  tags: tags
  properties: { addressSpace: { addressPrefixes: ['10.42.0.0/24'] } }
}

resource appSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-05-01' = {
  parent: network
  name: 'app'
  properties: {
    addressPrefix: '10.42.0.0/25'
    networkSecurityGroup: { id: appGuard.id }
    delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
  }
}

resource endpointSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-05-01' = {
  parent: network
  name: 'endpoints'
  dependsOn: [appSubnet]
  properties: {
    addressPrefix: '10.42.0.128/26'
    networkSecurityGroup: { id: appGuard.id }
    // Without the policies the group above would not be asked for private endpoints.
    privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled'
    defaultOutboundAccess: false
  }
}

output id string = network.id
output appSubnetId string = appSubnet.id
output endpointSubnetId string = endpointSubnet.id
