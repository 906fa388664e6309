using System.Collections.ObjectModel;

namespace MimHybrid.Mim.Cim;

/// <summary>One instance as a query returned it: property names (compared without case) and their text.</summary>
public sealed class CimRow(IEnumerable<KeyValuePair<string, string?>> properties)
{
    public ReadOnlyDictionary<string, string?> Properties { get; } =
        new Dictionary<string, string?>(properties, StringComparer.OrdinalIgnoreCase).AsReadOnly();

    /// <summary>The property's text; empty where the provider left it out or null.</summary>
    public string this[string property] => Properties.GetValueOrDefault(property) ?? "";
}
