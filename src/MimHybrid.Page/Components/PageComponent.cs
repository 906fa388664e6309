using Microsoft.AspNetCore.Components;
using MimHybrid.Cycles.Words;
using MimHybrid.Page.Views;

namespace MimHybrid.Page.Components;

/// <summary>What every part of a page has.</summary>
public abstract class PageComponent : ComponentBase
{
    [CascadingParameter]
    public required PageContext Context { get; set; }

    /// <summary>A text of somebody else's, harmless: no mark that turns the direction, no control, no line of 64 KB.</summary>
    public static string Safe(string? text) => text is null ? "" : Printable.Of(text);
}
