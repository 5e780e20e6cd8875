// One identity. The app has three: its own, with which storage, telemetry and Microsoft Graph are
// asked; one for its package alone, which may do nothing in Microsoft 365; and, where people sign in
// to the desk, one that only proves that login.
param name string
param location string
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output principalId string = identity.properties.principalId
output clientId string = identity.properties.clientId
