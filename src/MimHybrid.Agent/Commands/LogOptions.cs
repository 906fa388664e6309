using System.CommandLine;
using System.Globalization;

namespace MimHybrid.Agent.Commands;

/// <summary>The switches of <c>log</c>.</summary>
internal sealed class LogOptions
{
    private readonly Argument<long?> cycle = new("CYCLE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The number of a cycle, to see it in full.",
        CustomParser = result =>
        {
            if (CommonOptions.RefuseSwitch(result)) return null;
            if (long.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
            result.AddError($"CYCLE is '{result.Tokens[0].Value}'; allowed is the number of a cycle, as mimhybrid log lists them.");
            return null;
        },
    };

    private readonly Option<int?> last = new("--last")
    {
        HelpName = "N",
        Description = "The newest N cycles. Default: what fits on a screen; with --since, --guest, --csv or --json: all.",
    };

    private readonly Option<string?> since = new("--since")
    {
        HelpName = "T",
        Description = "Cycles that started since then: a span like 90m, 12h or 2d, or a date or a time, e.g. 2026-11-20 or "
            + "2026-11-20T08:00; local unless it says otherwise.",
    };

    private readonly Option<string?> guest = new("--guest")
    {
        HelpName = "TEXT",
        Description = "Cycles with a guest whose id, name or mail contains the text.",
    };

    private readonly Option<bool> failed = new("--failed")
    {
        Description = "Cycles that did not end well, or found something to look into.",
    };

    private readonly Option<bool> changes = new("--changes") { Description = "Cycles with guest changes." };

    private readonly Option<bool> follow = new("--follow") { Description = "Then shows cycles and steps as they happen, until Ctrl+C." };

    private readonly Option<bool> verbose = new("--verbose") { Description = "Each cycle in full, with MIM's own counters." };

    private readonly Option<string?> csv = new("--csv")
    {
        HelpName = "FILE",
        Description = "Write the cycles to a file for a spreadsheet instead, whole or not at all (UTF-8).",
    };

    private readonly Option<bool> json = new("--json") { Description = "One cycle a line, newest last." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(cycle);
        foreach (var option in new Option[] { last, since, guest, failed, changes, follow, verbose, csv, json })
            command.Options.Add(option);
        CommonOptions.RefuseEmpty(csv, "a file");
        last.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number > 0))
                result.AddError($"--last {token.Value}: allowed is a whole number from 1.");
        });
        since.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ParseTime(token.Value, DateTimeOffset.UnixEpoch.AddYears(100)) is null)
                result.AddError($"--since {token.Value}: allowed is a span like 90m, 12h or 2d, or a date or a time, e.g. 2026-11-20 "
                    + "or 2026-11-20T08:00Z.");
        });
        command.Validators.Add(result =>
        {
            bool Given(Option option) => CommonOptions.IsGiven(result, option);
            if (Given(follow) && (Given(json) || Given(csv))) result.AddError("--follow is for people; leave out --json and --csv.");
            if (Given(csv) && Given(json)) result.AddError("--csv and --json exclude each other.");
            if (result.GetResult(cycle) is { Tokens.Count: > 0 }
                && new Option[] { last, since, guest, failed, changes, follow, csv, json }.FirstOrDefault(Given) is { } beside)
                result.AddError($"{beside.Name} belongs to the list, not to the number of a cycle.");
        });
    }

    public LogValues Read(ParseResult parsed) => new()
    {
        Cycle = parsed.GetValue(cycle),
        Last = parsed.GetValue(last),
        Since = parsed.GetValue(since) is { } text ? ParseTime(text, TimeProvider.System.GetUtcNow()) : null,
        Guest = parsed.GetValue(guest),
        Failed = parsed.GetValue(failed),
        Changes = parsed.GetValue(changes),
        Follow = parsed.GetValue(follow),
        Verbose = parsed.GetValue(verbose),
        Csv = parsed.GetValue(csv),
        Json = parsed.GetValue(json),
    };

    /// <summary>"2d" before now, or after it, or a date or a time.</summary>
    internal static DateTimeOffset? ParseTime(string text, DateTimeOffset now, int direction = -1)
    {
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= 36500)
        {
            switch (char.ToLowerInvariant(text[^1]))
            {
                case 'm': return now + (direction * TimeSpan.FromMinutes(count));
                case 'h': return now + (direction * TimeSpan.FromHours(count));
                case 'd': return now + (direction * TimeSpan.FromDays(count));
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? time.ToUniversalTime()
            : null;
    }
}

/// <summary>What the switches came to.</summary>
internal sealed record LogValues
{
    public long? Cycle { get; init; }

    public int? Last { get; init; }

    public DateTimeOffset? Since { get; init; }

    public string? Guest { get; init; }

    public bool Failed { get; init; }

    public bool Changes { get; init; }

    public bool Follow { get; init; }

    public bool Verbose { get; init; }

    public string? Csv { get; init; }

    public bool Json { get; init; }

    /// <summary>Whether anything narrows the list: then it shows all that matches.</summary>
    public bool Narrows => Since is not null || Guest is not null;
}
