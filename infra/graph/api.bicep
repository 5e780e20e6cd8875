// The API that callers get tokens for: its app registration and its app roles.
//
// Nobody gets a token without a role (appRoleAssignmentRequired), and tokens are of version 2, whose
// issuer authsettingsV2 expects. register_api.py does the same without Bicep.
extension microsoftGraphV1

param displayName string = 'Reprieve'
param uniqueName string = 'reprieve-api'

var roles = loadJsonContent('app-roles.json')

resource api 'Microsoft.Graph/applications@v1.0' = {
  displayName: displayName
  uniqueName: uniqueName
  signInAudience: 'AzureADMyOrg'
  api: { requestedAccessTokenVersion: 2 }
  appRoles: [for role in roles: {
    id: role.id
    value: role.value
    displayName: role.displayName
    description: role.description
    allowedMemberTypes: ['Application', 'User']
    isEnabled: true
  }]
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: api.appId
  appRoleAssignmentRequired: true
}

output apiClientId string = api.appId
output apiPrincipalId string = principal.id
