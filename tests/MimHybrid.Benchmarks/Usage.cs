using System.Globalization;

namespace MimHybrid.Benchmarks;

internal static class Usage
{
    public static int Say()
    {
        Console.WriteLine("""
            scale [MEMBERS GUESTS]  reads a large tenant as the agent does, each way, with a kill in the middle; memory, requests, time
            pages [USERS]           reads the same pages with the agent's reader and with PageIterator over the SDK's model
            """);
        return 2;
    }
}

internal static class Number
{
    public static int Of(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
