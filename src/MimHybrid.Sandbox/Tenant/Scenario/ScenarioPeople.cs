namespace MimHybrid.Sandbox.Tenant;

/// <summary>An invented person.</summary>
/// <param name="GivenName">The given name.</param>
/// <param name="Surname">The surname.</param>
/// <param name="Company">The company that the person works for.</param>
internal sealed record ScenarioPerson(string GivenName, string Surname, ScenarioCompany Company)
{
    public string DisplayName => $"{GivenName} {Surname}";

    /// <summary>The part of an address before the @.</summary>
    public string Account => $"{GivenName}.{Surname}".ToLowerInvariant();

    public string Mail => $"{Account}@{Company.Domain}";

    /// <summary>What the directory keeps beside name and address.</summary>
    public Dictionary<string, string?> Values => new()
    {
        [UserProperties.GivenName] = GivenName,
        [UserProperties.Surname] = Surname,
        [UserProperties.CompanyName] = Company.Name,
    };
}

internal sealed record ScenarioCompany(string Name, string Domain);

/// <summary>People and companies that do not exist. The domains end in .example, which RFC 2606 keeps from ever being anybody's.</summary>
internal static class ScenarioPeople
{
    private static readonly ScenarioCompany contoso = new("Contoso", "contoso.example");

    private static readonly ScenarioCompany[] partners =
    [
        new("Fabrikam", "fabrikam.example"),
        new("Northwind Traders", "northwind.example"),
        new("Litware", "litware.example"),
        new("Tailspin Toys", "tailspintoys.example"),
        new("Adventure Works", "adventure-works.example"),
        new("Proseware", "proseware.example"),
        new("Woodgrove Bank", "woodgrovebank.example"),
        new("Trey Research", "treyresearch.example"),
        new("Alpine Ski House", "alpineskihouse.example"),
    ];

    private static readonly string[] givenNames =
    [
        "Lena", "Tomas", "Amira", "Jonas", "Priya", "Mateo", "Ingrid", "Kwame", "Sofia", "Pavel", "Mei", "Oscar", "Fatima", "Erik", "Nadia",
        "Hugo", "Chiara", "Daniel", "Yuki", "Marta", "Samuel", "Elif", "Anton", "Zoe", "Rafael", "Hanna", "Ivo", "Leila", "Felix", "Carmen",
        "Noah",
    ];

    private static readonly string[] surnames =
    [
        "Brandt", "Novak", "Haddad", "Lindqvist", "Raman", "Alvarez", "Solberg", "Mensah", "Rossi", "Dvorak", "Chen", "Weber", "Nasser",
        "Holm", "Petrov", "Moreau", "Conti", "Schmid", "Tanaka", "Kowalska", "Okafor", "Yilmaz", "Berger", "Papadaki", "Costa", "Virtanen",
        "Maric", "Karimi", "Winter", "Ortega", "Jensen", "Fischer", "Keller", "Larsen", "Duarte", "Novotny", "Hoffmann",
    ];

    /// <summary>The n-th guest. The lists' lengths have no divisor in common, so some ten thousand come before one comes again.</summary>
    public static ScenarioPerson Guest(int number) =>
        new(givenNames[number % givenNames.Length], surnames[number % surnames.Length], partners[number % partners.Length]);

    /// <summary>The n-th member of the organization.</summary>
    public static ScenarioPerson Member(int number) =>
        new(givenNames[(number * 7 + 3) % givenNames.Length], surnames[(number * 11 + 5) % surnames.Length], contoso);

    /// <summary>Another surname for somebody who married.</summary>
    public static string MarriedName(int number, string surname)
    {
        var name = surnames[(number * 5 + 18) % surnames.Length];
        return name == surname ? surnames[(number * 5 + 19) % surnames.Length] : name;
    }
}
