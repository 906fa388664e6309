namespace MimHybrid.Mim.Cim;

/// <summary>Names an instance by its class and its one key, e.g. <c>MIIS_ManagementAgent.Name='AADMA'</c>.</summary>
public sealed record CimTarget(string ClassName, string KeyName, string KeyValue);

/// <summary>A string parameter of a method, by name, e.g. <c>RunProfileName</c>.</summary>
public sealed record CimArgument(string Name, string Value);
