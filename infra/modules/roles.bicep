metadata description = 'Azure\'s built-in roles that are given here: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles'

@export()
@description('Monitoring Metrics Publisher: may send telemetry and read nothing.')
var publisherRoleId = '3913510d-42f4-4e42-8a64-420c390055eb'

@export()
@description('Reader: may read and change nothing.')
var readerRoleId = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
