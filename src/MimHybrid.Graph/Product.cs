namespace MimHybrid.Graph;

/// <summary>How the agent calls itself towards Graph and Entra, so that their logs tell it from MIM's own management agent.</summary>
public static class Product
{
    public const string Name = "MimHybrid";

    public static string Version { get; } = typeof(Product).Assembly.GetName().Version!.ToString(3);
}
