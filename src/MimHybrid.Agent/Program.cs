using System.Text;
using MimHybrid.Agent.Commands;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false); // names and JSON, whatever the console's code page
return await CommandLine.RunAsync(args);
