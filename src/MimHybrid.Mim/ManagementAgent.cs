using System.Diagnostics.CodeAnalysis;

namespace MimHybrid.Mim;

/// <summary>A management agent as the synchronization service lists it.</summary>
/// <param name="Name">Its name and key, e.g. <c>AADMA</c>.</param>
/// <param name="Guid">As MIM writes it: in braces, upper case.</param>
/// <param name="Type">The type shown in Synchronization Service Manager, e.g. <c>Graph (Microsoft)</c> or <c>Active Directory</c>.</param>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "MIIS_ManagementAgent calls it Guid")]
public sealed record ManagementAgent(string Name, string Guid, string Type);
