using System.Management.Automation.Language;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>A script as PowerShell's own parser sees it.</summary>
internal sealed record ScriptTree(string Path, ScriptBlockAst Ast, IReadOnlyList<Token> Tokens, IReadOnlyList<ParseError> Errors)
{
    public static IReadOnlyList<ScriptTree> All { get; } = [.. ScriptFiles.All.Select(Parse)];

    public string Name => System.IO.Path.GetRelativePath(ScriptFiles.Folder, Path);

    public IEnumerable<FunctionDefinitionAst> Functions => Find<FunctionDefinitionAst>();

    public IEnumerable<CommandAst> Commands => Find<CommandAst>();

    public static ScriptTree Of(string text)
    {
        var ast = Parser.ParseInput(text, out var tokens, out var errors);
        return new ScriptTree("a sample", ast, tokens, errors);
    }

    public IEnumerable<T> Find<T>() where T : Ast => Ast.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    public string At(Ast node) => $"{Name}:{node.Extent.StartLineNumber} {node.Extent.Text.Split('\n')[0]}";

    private static ScriptTree Parse(string path)
    {
        var ast = Parser.ParseFile(path, out var tokens, out var errors);
        return new ScriptTree(path, ast, tokens, errors);
    }
}
