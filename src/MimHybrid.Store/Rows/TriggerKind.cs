namespace MimHybrid.Store.Rows;

/// <summary>What starts a function.</summary>
public enum TriggerKind
{
    /// <summary>Guest changes that Microsoft Graph's delta query shows.</summary>
    GraphDelta,

    /// <summary>An interval since the last success of the function's sequence.</summary>
    Timer,

    /// <summary>The switch <c>--force</c>.</summary>
    Command,
}
