using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MimHybrid.Documents.Tests;

/// <summary>A piece of a document that says something that can be wrong.</summary>
/// <param name="At">Document and line.</param>
/// <param name="Language">Of a block; empty where it names none.</param>
internal sealed record Snippet(string At, string Language, string Text);

/// <summary>A Markdown file as its reader sees it: blocks of code, code within sentences, links.</summary>
internal sealed class Document
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePreciseSourceLocation().Build();

    private readonly string path;
    private readonly MarkdownDocument tree;

    private Document(string path, string text)
    {
        this.path = path;
        tree = Markdown.Parse(text, Pipeline);
    }

    /// <summary>Fenced or indented: an indented one names no language. Code that is marked by HTML is of the language html, which nothing reads.</summary>
    public IEnumerable<Snippet> Blocks =>
    [
        .. tree.Descendants<CodeBlock>().Select(block => new Snippet(At(block), (block as FencedCodeBlock)?.Info ?? "", block.Lines.ToString())),
        .. tree.Descendants<HtmlBlock>().Select(block => new Snippet(At(block), "html", block.Lines.ToString())).Where(IsCode),
        .. tree.Descendants<HtmlInline>().Select(tag => new Snippet(At(tag), "html", tag.Tag)).Where(IsCode),
    ];

    /// <summary>A bar in a table is written with a backslash, in code too.</summary>
    public IEnumerable<Snippet> Spans => tree.Descendants<CodeInline>()
        .Select(code => new Snippet(At(code), "", code.Content.Replace(@"\|", "|", StringComparison.Ordinal)));

    public IEnumerable<Snippet> Links => tree.Descendants<LinkInline>().Select(link => new Snippet(At(link), "", link.Url ?? ""));

    public IEnumerable<string?> Anchors => tree.Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id);

    /// <param name="path">From the root of the repository.</param>
    public static Document Read(string path) => new(path, File.ReadAllText(Repository.In(path)));

    public static Document Of(string text) => new("a sample", text);

    private static bool IsCode(Snippet html) =>
        html.Text.Contains("<pre", StringComparison.OrdinalIgnoreCase) || html.Text.Contains("<code", StringComparison.OrdinalIgnoreCase);

    private string At(MarkdownObject part) => $"{path}:{part.Line + 1}";
}
