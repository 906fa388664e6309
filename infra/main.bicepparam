using './main.bicep'

// An example: everything, for one server. Nothing here is a secret.
param namePrefix = 'mimhybrid'
param alertEmails = ['identity-operators@contoso.example']
param tags = {
  workload: 'mimhybrid'
}
