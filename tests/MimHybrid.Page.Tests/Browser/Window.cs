using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MimHybrid.Page.Tests.Scenes;

namespace MimHybrid.Page.Tests.Browser;

/// <summary>A window of the browser on the page.</summary>
internal sealed class Window : IAsyncDisposable
{
    private const int Patience = 60_000;

    private static readonly AxeRunOptions accessible = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>What another width and other colours may change; the rest is the same page.</summary>
    private static readonly AxeRunOptions seen = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "target-size", "scrollable-region-focusable"] },
    };

    private readonly IBrowserContext context;
    private readonly Reader reader;
    private readonly List<string> complaints = [];
    private readonly List<string> asked = [];

    public Window(IBrowserContext context, IPage page, Reader reader)
    {
        (this.context, Page, this.reader) = (context, page, reader);
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => asked.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Through the printed address, as a reader does.</summary>
    public Task EnterAsync() => Page.GotoAsync(reader.Page.Address);

    public async Task GoAsync(string path, int width = 1280, bool isDark = false)
    {
        await Page.SetViewportSizeAsync(width, 900);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });
        await Page.GotoAsync(new Uri(reader.Client.BaseAddress!, path).AbsoluteUri);
    }

    /// <summary>
    /// Waits until what was pressed has led there. Asks again and again: WaitForURLAsync listens for the next navigation only after it has
    /// compared the address, and waits in vain for one that came between.
    /// </summary>
    public async Task LeadsToAsync(string path)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(
            new Uri(reader.Client.BaseAddress!, path).AbsoluteUri, new PageAssertionsToHaveURLOptions { Timeout = Patience });
        await Assertions.Expect(Page.Locator("body > :last-child")).ToBeAttachedAsync();
    }

    /// <summary>A file of this machine, as somebody opens one from a mail.</summary>
    public async Task SeeFileAsync(string file)
    {
        await Page.GotoAsync(new Uri(file).AbsoluteUri);
        Assert.Equal([new Uri(file).AbsoluteUri], asked.Where(address => !address.StartsWith(reader.Client.BaseAddress!.AbsoluteUri, StringComparison.Ordinal)));
        Assert.Empty(complaints);
    }

    public Task<string> TextAsync() => Page.Locator("main").InnerTextAsync();

    /// <summary>Nothing is written over an edge, axe finds nothing, the browser complains about nothing, and nobody else was asked.</summary>
    /// <param name="isAgain">The same in another width and other colours.</param>
    public async Task IsWellAsync(bool isAgain = false)
    {
        var width = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(width <= 0, $"{width} pixels wider than the window");
        await IsAccessibleAsync(Page, isAgain, Page.Url);
        Assert.Empty(complaints);
        Assert.All(asked, address => Assert.StartsWith(reader.Client.BaseAddress!.AbsoluteUri, address, StringComparison.Ordinal));
    }

    /// <summary>Axe finds nothing.</summary>
    /// <param name="page">What is looked at.</param>
    /// <param name="isAgain">The same in another width and other colours.</param>
    /// <param name="name">What to call it where it is not.</param>
    public static async Task IsAccessibleAsync(IPage page, bool isAgain, string name)
    {
#pragma warning disable CS0618 // the other way opens a second window for each look, for frames of other origins; there are none here
        var result = await page.Locator("html").RunAxeLegacy(isAgain ? seen : accessible);
#pragma warning restore CS0618
        Assert.True(result.Violations.Length == 0, string.Join(Environment.NewLine,
            result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id}: {violation.Help}: {node.Html}"))));
    }

    /// <summary>A picture for README, made when <c>MIMHYBRID_APPROVE=1</c> asks for it: what it shows is for people to look at, not for comparing bytes.</summary>
    public async Task PictureAsync(string name, int height)
    {
        if (Environment.GetEnvironmentVariable("MIMHYBRID_APPROVE") != "1") return;
        await Page.SetViewportSizeAsync(Page.ViewportSize!.Width, height);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.In("src", "MimHybrid.Agent", "Pictures", $"page-{name}.png") });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
