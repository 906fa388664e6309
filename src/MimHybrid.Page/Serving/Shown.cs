using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Page.Serving;

/// <summary>What one address shows.</summary>
/// <param name="Title">For the window and for whoever listens.</param>
/// <param name="Body">The part between the page's head and its foot.</param>
internal sealed record Shown(string Title, RenderFragment Body)
{
    /// <summary>Whether it changes while one looks.</summary>
    public bool Renews { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>A component with its parameters.</summary>
    public static RenderFragment Part<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        params (string Name, object? Value)[] parameters) where T : IComponent => builder =>
    {
        builder.OpenComponent<T>(0);
        foreach (var (name, value) in parameters) builder.AddComponentParameter(1, name, value);
        builder.CloseComponent();
    };
}
