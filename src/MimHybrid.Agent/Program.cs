using MimHybrid.Agent.Commands;

return await CommandLine.RunAsync(args);
