namespace MimHybrid.Mim;

/// <summary>A management agent as the synchronization service lists it.</summary>
/// <param name="Name">Its name and key, e.g. <c>AADMA</c>.</param>
/// <param name="Type">The type shown in Synchronization Service Manager, e.g. <c>Graph (Microsoft)</c> or <c>Active Directory</c>.</param>
public sealed record ManagementAgent(string Name, string Type);
