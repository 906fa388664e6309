using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Settings;

/// <summary>
/// Compares a configuration with the types it is bound to: names that no setting has, and texts that cannot become the setting's type.
/// The binder itself would stop at the first of them, and say nothing of a misspelt name.
/// </summary>
internal sealed partial class SettingsShape
{
    private readonly SettingsLayers layers;
    private readonly Dictionary<string, string> durations = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> malformed = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> doubtful = [];
    private readonly List<string> errors = [];

    /// <param name="layers">Where each setting comes from.</param>
    /// <param name="known">What may stand at the top level.</param>
    public SettingsShape(SettingsLayers layers, Dictionary<string, Type> known)
    {
        this.layers = layers;
        foreach (var section in layers.All.GetChildren())
        {
            if (known.TryGetValue(section.Key, out var type)) Compare(section, type);
            else if (IsMeantForUs(section, known)) Unknown(section, known.Keys);
        }

        FindMisspeltFunctions();
    }

    public IReadOnlyList<string> Errors => errors;

    /// <summary>
    /// Whether something is wrong already with that setting, with what it stands in or with what stands in it: what follows is not told.
    /// </summary>
    public bool InError(string setting) => doubtful.Exists(wrong => Contains(wrong, setting) || Contains(setting, wrong));

    /// <summary>
    /// The configuration without what cannot be bound, so that all other errors are found too; durations as the binder reads them.
    /// </summary>
    public IConfiguration WithoutMalformed()
    {
        var well = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (setting, value) in layers.All.AsEnumerable())
            if (value is not null && !malformed.Contains(setting))
                well[setting] = durations.TryGetValue(setting, out var duration) ? duration : value;
        return new ConfigurationBuilder().AddInMemoryCollection(well).Build();
    }

    private static bool Contains(string outer, string inner) => inner.StartsWith(outer, StringComparison.OrdinalIgnoreCase)
        && (inner.Length == outer.Length || inner[outer.Length] == ':');

    /// <summary>Programs of others may have variables with our prefix: one counts if it looks like a setting of ours, or nearly.</summary>
    private bool IsMeantForUs(IConfigurationSection section, Dictionary<string, Type> known) =>
        layers.Typed.GetChildren().Any(typed => typed.Key.Equals(section.Key, StringComparison.OrdinalIgnoreCase))
        ? !section.Key.StartsWith('$')
        : section.GetChildren().Any() || Nearest.Of(section.Key, known.Keys) is not null || known.ContainsKey(section.Key.Split('_')[0]);

    /// <summary>
    /// Functions may have any name; one that says not what it runs, and is called nearly like a shipped one, was to be that.
    /// </summary>
    private void FindMisspeltFunctions()
    {
        var shipped = new AgentSettings().Functions.Keys;
        foreach (var function in layers.All.GetSection(nameof(AgentSettings.Functions)).GetChildren())
        {
            if (function[nameof(FunctionSettings.Sequence)] is not null || shipped.Contains(function.Key, StringComparer.OrdinalIgnoreCase)
                || Nearest.Of(function.Key, shipped) is null) continue;
            Unknown(function, shipped);
            malformed.UnionWith(function.AsEnumerable().Select(pair => pair.Key));
        }
    }

    private void Compare(IConfigurationSection section, Type type)
    {
        if (IsScalar(type) ? section.GetChildren().Any() : !string.IsNullOrEmpty(section.Value))
        {
            if (IsScalar(type)) Malformed(section, "a section", Allowed(Nullable.GetUnderlyingType(type) ?? type));
            else Malformed(section, Shown(section), "a section or a list, as the README shows it");
        }
        else if (ItemOf(type) is { } item)
        {
            foreach (var child in section.GetChildren())
            {
                if (!IsScalar(item) && string.IsNullOrEmpty(child.Value) && !child.GetChildren().Any())
                    Malformed(child, "empty", "what the README shows, or to leave it out");
                else Compare(child, item);
            }
        }
        else if (IsScalar(type))
        {
            CompareValue(section, type);
        }
        else
        {
            var known = PropertiesOf(type);
            foreach (var child in section.GetChildren())
            {
                if (known.TryGetValue(child.Key, out var property)) Compare(child, property.PropertyType);
                else Unknown(child, known.Keys);
            }
        }
    }

    private void CompareValue(IConfigurationSection section, Type type)
    {
        if (section.Value is not { Length: > 0 } value) return; // layers take an empty value for none
        if (value.Any(char.IsControl))
            Malformed(section, Shown(section), WithoutControl(value.First(char.IsControl)));
        else if (!CanBecome(section.Path, value, type))
            Malformed(section, Shown(section), Allowed(Nullable.GetUnderlyingType(type) ?? type) + DurationText.Meant(value, type));
    }

    private bool CanBecome(string path, string value, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return true;

        // Neither a number in place of a name, nor two names, which the framework would add up to a third.
        if (plain.IsEnum) return Enum.GetNames(plain).Contains(value.Trim(), StringComparer.OrdinalIgnoreCase);
        if (plain == typeof(TimeSpan))
        {
            if (!DurationText.TryParse(value, out var duration)) return false;
            durations[path] = duration.ToString("c", CultureInfo.InvariantCulture);
            return true;
        }

        var culture = CultureInfo.InvariantCulture;
        if (plain == typeof(bool)) return bool.TryParse(value, out _);
        if (plain == typeof(int)) return int.TryParse(value, culture, out _);
        if (plain == typeof(long)) return long.TryParse(value, culture, out _);
        if (plain == typeof(DateOnly)) return DateOnly.TryParse(value, culture, out _);
        throw new UnreachableException(plain.Name); // IsScalar names no other
    }

    private void Malformed(IConfigurationSection section, string what, string allowed)
    {
        malformed.Add(section.Path);
        doubtful.Add(section.Path);
        errors.Add($"{Name(section)} is {what}; allowed is {allowed}.");
    }

    private void Unknown(IConfigurationSection section, IEnumerable<string> known)
    {
        var parts = section.Key.Split('_', StringSplitOptions.RemoveEmptyEntries);
        var nearest = Nearest.Of(section.Key, known);
        if (nearest is null && parts.Length == 2 && known.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
            nearest = string.Join("__", parts);
        if (nearest is not null) doubtful.Add(section.Path[..^section.Key.Length] + nearest.Replace("__", ":", StringComparison.Ordinal));
        errors.Add($"{Name(section)} is no setting; {(nearest is null ? "" : $"the nearest is {nearest}; ")}"
            + $"known here are {string.Join(", ", known)}.");
    }

    /// <summary>With the variable's name where it comes from there: nobody finds that in a file.</summary>
    private string Name(IConfigurationSection section)
    {
        var leaf = section;
        while (leaf.GetChildren().FirstOrDefault() is { } child) leaf = child;
        var name = SettingRule.Cut(Printable.Of(section.Path));
        return layers.VariableBehind(leaf.Path) is { } variable
            ? $"{name} (environment variable {SettingRule.Cut(Printable.Of(variable))})"
            : name;
    }

    private static string Shown(IConfigurationSection section) => EffectiveSettings.IsSecret(section.Path, section.Value!)
        ? "something that may be a secret (not shown)"
        : SettingRule.Shown(Printable.Of(section.Value!));

    private static string WithoutControl(char control) =>
        string.Create(CultureInfo.InvariantCulture, $"a value without a control character (U+{(int)control:X4})")
        + (control is '\b' or '\f' or '\n' or '\r' or '\t' ? $"; {SettingsFile.TwoBackslashes}" : "");
}
