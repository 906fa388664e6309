// Reads the KQL files of a folder with Microsoft's own analyzer and prints, as JSON, what it finds in each: { "name.kql": ["message, at: text"] }.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const library = path.dirname(require.resolve('@kusto/language-service-next/package.json'));
global.window = global.self = global; // it is made for browsers
for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) vm.runInThisContext(fs.readFileSync(path.join(library, file), 'utf8'), { filename: file });

// The columns of Application Insights' tables that apply to us: https://learn.microsoft.com/azure/azure-monitor/app/convert-classic-resource
const everywhere = 'timestamp: datetime, name: string, itemType: string, customDimensions: dynamic, operation_Name: string, operation_Id: string, operation_ParentId: string, '
    + 'cloud_RoleName: string, cloud_RoleInstance: string, itemId: string, itemCount: int';
const tables = {
    customEvents: 'customMeasurements: dynamic',
    customMetrics: 'value: real, valueCount: int, valueSum: real, valueMin: real, valueMax: real, valueStdDev: real',
    dependencies: 'customMeasurements: dynamic, id: string, target: string, type: string, data: string, success: string, resultCode: string, duration: real, performanceBucket: string',
};

const { GlobalState, KustoCode, Symbols } = global.Kusto.Language;
const symbols = Object.entries(tables).map(([name, columns]) => new Symbols.TableSymbol.$ctor7(name, `(${everywhere}, ${columns})`, null));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1('insights', symbols));

function analyze(query) {
    const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => found.getItem(index)).map(one => `${one.Message} at: ${query.substr(one.Start, one.Length)}`);
}

const folder = process.argv[2];
const findings = fs.readdirSync(folder).map(file => [file, analyze(fs.readFileSync(path.join(folder, file), 'utf8'))]);
console.log(JSON.stringify(Object.fromEntries(findings)));
