namespace MimHybrid.Release;

/// <summary>Pairs of <c>--name value</c>, and nothing else.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> values = [];

    public Arguments(string[] args)
    {
        foreach (var pair in args.Chunk(2))
        {
            if (pair is not [var name, var value] || !name.StartsWith("--", StringComparison.Ordinal))
                throw new ReleaseException($"'{string.Join(' ', pair)}' is no option with a value. README.md beside this program's source shows all.");
            values[name] = value;
        }
    }

    public string this[string name] => Find(name) ?? throw new ReleaseException($"{name} is missing.");

    public string? Find(string name) => values.GetValueOrDefault(name);
}
