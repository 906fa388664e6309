metadata description = 'A workbook that shows the run log: why each cycle ran, which steps it took, and how it ended.'

import { Tags } from 'types.bicep'

@description('Where the workbook is kept.')
param location string

@description('Tags of the workbook.')
param tags Tags

@description('The Application Insights resource whose rows it shows.')
param componentId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(componentId, 'MimHybrid run log')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'MimHybrid run log'
    description: 'Why each cycle ran, which steps it took, and how it ended.'
    category: 'workbook'
    sourceId: componentId
    serializedData: loadTextContent('../workbook/run-log.json')
    version: '1.0'
  }
}
