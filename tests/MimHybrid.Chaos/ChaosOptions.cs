using System.Globalization;

namespace MimHybrid.Chaos;

/// <summary>What the command line asks for.</summary>
internal sealed record ChaosOptions
{
    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the chance begins. A failure names it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Only this round, on a scene of its own; null for round after round.</summary>
    public int? Round { get; init; }

    /// <summary>The deeds to choose from; all when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>These deeds one after the other, and then the end; empty for deeds of chance until the time is up.</summary>
    public IReadOnlyList<string> InOrder { get; init; } = [];

    /// <summary>How many agents live at the same time, each in a world of its own.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>The executable; left out, the one that was built with this tool.</summary>
    public string Executable { get; init; } = Path.Combine(AppContext.BaseDirectory, "mimhybrid.dll");

    /// <summary>How long anything may take before it counts as a hang: far longer than it does on a machine at leisure.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Where the data folder and the output of a scene that failed are kept.</summary>
    public string Keep { get; init; } = Path.Combine(Path.GetTempPath(), "mimhybrid-chaos-failures");

    /// <summary>One line for each deed instead of one a minute.</summary>
    public bool Verbose { get; init; }

    /// <summary>Null where the command line cannot be understood.</summary>
    public static ChaosOptions? Parse(string[] args)
    {
        var options = new ChaosOptions();
        for (var at = 0; at < args.Length; at++)
        {
            var value = at + 1 < args.Length ? args[at + 1] : "";
            var read = args[at] == "--verbose" ? options with { Verbose = true } : options.With(args[at], value);
            if (read is null) return null;
            options = read;
            if (args[at] != "--verbose") at++;
        }

        return options.Only.Concat(options.InOrder).All(name => DeedBook.All.Any(deed => deed.Name == name)) ? options : null;
    }

    public static int Explain()
    {
        Console.Error.WriteLine(
            $"""
            dotnet run --project tests/MimHybrid.Chaos -- [--for 01:00:00] [--seed N] [--round K] [--only DEED,…] [--lanes N]
                                                          [--in-order DEED,…] [--patience 00:03:00] [--verbose]
                                                          [--executable FILE] [--keep FOLDER]
            Deeds: {string.Join(", ", DeedBook.All.Select(deed => deed.Name))}
            """);
        return 2;
    }

    private ChaosOptions? With(string name, string value) => name switch
    {
        "--for" when TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) => this with { For = time },
        "--patience" when TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) => this with { Patience = time },
        "--seed" when Number(value) is { } seed => this with { Seed = seed },
        "--round" when Number(value) is { } round => this with { Round = round },
        "--lanes" when Number(value) is > 0 and { } lanes => this with { Lanes = lanes },
        "--only" when value.Length > 0 => this with { Only = value.Split(',') },
        "--in-order" when value.Length > 0 => this with { InOrder = value.Split(',') },
        "--executable" when File.Exists(value) => this with { Executable = Path.GetFullPath(value) },
        "--keep" when value.Length > 0 => this with { Keep = Path.GetFullPath(value) },
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
