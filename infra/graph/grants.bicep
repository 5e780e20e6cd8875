// What the app's identity may do in Microsoft 365: exactly what the enabled features need.
//
// Apart from main.bicep, because whoever deploys it holds AppRoleAssignment.ReadWrite.All, which is
// next to being an administrator: no pipeline should. grant.py does the same without Bicep.
extension microsoftGraphV1

@description('Object id of the app\'s managed identity (output IDENTITY_PRINCIPAL_ID).')
param principalId string

@description('Features of permissions.json.')
param features array = ['restore', 'license', 'mailbox', 'audit', 'roles']

var catalog = loadJsonContent('permissions.json')
var lists = [for feature in features: catalog[feature].permissions]
var permissions = flatten(lists)

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource grants 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for permission in permissions: {
    appRoleId: filter(graph.appRoles, role => role.value == permission && contains(role.allowedMemberTypes, 'Application'))[0].id
    principalId: principalId
    resourceId: graph.id
  }
]

output granted array = permissions
