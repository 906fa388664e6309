namespace MimHybrid.Cycles.Words;

/// <summary>What a text is, so that a terminal or a page can show it; the words alone say it too.</summary>
public enum Tone
{
    Plain,
    Good,
    Warning,
    Bad,

    /// <summary>What one looks past at first.</summary>
    Faint,
    Strong,
}
