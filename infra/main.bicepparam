using './main.bicep'

// An example: everything, for one server. Nothing here is a secret.
param namePrefix = 'mimhybrid'
param publisherPrincipalId = '11111111-1111-1111-1111-111111111111' // the enterprise application's object id
param alertEmails = ['identity-operators@contoso.example']
param tags = {
  workload: 'mimhybrid'
}
