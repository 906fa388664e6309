using System.Reflection;

namespace MimHybrid.Page.Components;

/// <summary>What lies in the folder Assets, from the assembly.</summary>
internal static class Embedded
{
    public static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
