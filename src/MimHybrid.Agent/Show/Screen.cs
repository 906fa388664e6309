using Spectre.Console;

namespace MimHybrid.Agent.Show;

/// <summary>Where sheets go: a terminal, or whole lines into whatever else standard output leads to.</summary>
internal static class Screen
{
    /// <summary>As the console's library says it, but without loading it: an agent at which nobody looks spares 2 MB.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;

    public static void Show(Sheet sheet)
    {
        if (IsTerminal) sheet.Print(AnsiConsole.Console);
        else Say.Line(sheet.ToString());
    }

    /// <summary>A sentence or more for whoever looks; results that a program reads go to <see cref="Say.Line"/>.</summary>
    public static void Tell(string text) => Show(Sheet.Of(text));

    /// <summary>Shows it in the same place again and again; in a pipe, one after the other. Ends when it is cancelled.</summary>
    public static async Task WatchAsync(Func<Sheet> look, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IsTerminal)
        {
            await RepeatAsync(() => Say.Line(look() + Environment.NewLine), pause, time, cancellationToken);
            return;
        }

        await AnsiConsole.Live(Text.Empty).AutoClear(false).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom)
            .StartAsync(live => RepeatAsync(() => live.UpdateTarget(look().ToRenderable()), pause, time, cancellationToken));
    }

    private static async Task RepeatAsync(Action show, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            show();
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
