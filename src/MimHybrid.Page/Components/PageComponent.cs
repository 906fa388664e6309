using Microsoft.AspNetCore.Components;
using MimHybrid.Page.Views;

namespace MimHybrid.Page.Components;

/// <summary>What every part of a page has.</summary>
public abstract class PageComponent : ComponentBase
{
    [CascadingParameter]
    public required PageContext Context { get; set; }

    /// <inheritdoc cref="PageContext.Safe"/>
    protected static string Safe(string? text) => PageContext.Safe(text);
}
