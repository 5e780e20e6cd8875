// The API that callers get tokens for: its app registration, app roles and delegated scope.
//
// Nobody gets a token without a role (appRoleAssignmentRequired), and tokens are of version 2, whose
// issuer authsettingsV2 expects. register_api.py does the same without Bicep, and consents to the
// sign-in at the desk for the organization besides.
extension microsoftGraphV1

param displayName string = 'Reprieve'
param uniqueName string = 'reprieve-api'
// For the desk, once the app is deployed: its address, and the identity that proves the login.
param deskUrl string = ''
param loginIdentityPrincipalId string = ''

var catalog = loadJsonContent('app-roles.json')
var roles = [
  for role in catalog: {
    id: role.id
    value: role.value
    displayName: role.displayName
    description: role.description
    allowedMemberTypes: ['Application', 'User']
    isEnabled: true
  }
]
var scopeCatalog = loadJsonContent('api-scopes.json')
var scopes = [
  for scope in scopeCatalog: {
    id: scope.id
    value: scope.value
    type: scope.type
    adminConsentDisplayName: scope.adminConsentDisplayName
    adminConsentDescription: scope.adminConsentDescription
    userConsentDisplayName: scope.userConsentDisplayName
    userConsentDescription: scope.userConsentDescription
    isEnabled: true
  }
]

var callback = empty(deskUrl) ? [] : ['${deskUrl}/.auth/login/aad/callback']
var web = { redirectUris: callback, implicitGrantSettings: { enableIdTokenIssuance: !empty(deskUrl) } }

resource api 'Microsoft.Graph/applications@v1.0' = {
  displayName: displayName
  uniqueName: uniqueName
  signInAudience: 'AzureADMyOrg'
  api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: scopes }
  appRoles: roles
}

// The same registration again, whole: its address holds an id that it has only once it is there,
// and a resource may not name itself. uniqueName makes this an update.
resource addressedApi 'Microsoft.Graph/applications@v1.0' = {
  displayName: displayName
  uniqueName: uniqueName
  signInAudience: 'AzureADMyOrg'
  api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: scopes }
  appRoles: roles
  identifierUris: ['api://${api.appId}']
  web: web
}

resource proof 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = if (!empty(loginIdentityPrincipalId)) {
  name: '${addressedApi.uniqueName}/reprieve-desk-${loginIdentityPrincipalId}'
  issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  subject: loginIdentityPrincipalId
  audiences: ['api://AzureADTokenExchange']
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: api.appId
  appRoleAssignmentRequired: true
}

output apiClientId string = addressedApi.appId
output apiPrincipalId string = principal.id
