using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Sandbox.SyncServer.Wql;

/// <summary>Reads <c>SELECT * | properties FROM class [WHERE property operator 'text' [AND …]]</c>.</summary>
internal sealed class WqlParser
{
    private readonly List<WqlToken> tokens;
    private int position;

    private WqlParser(string query) => tokens = WqlToken.Split(query);

    private WqlToken Current => tokens[position];

    /// <exception cref="CimConnectionException">The query is not of this form.</exception>
    public static WqlQuery Parse(string query)
    {
        var parser = new WqlParser(query);
        parser.TakeWord("SELECT");
        var properties = parser.TakeProperties();
        parser.TakeWord("FROM");
        var className = parser.TakeName();
        var conditions = parser.TakeConditions();
        return parser.Current.Kind == WqlTokenKind.End
            ? new WqlQuery(properties, className, conditions)
            : throw parser.Unexpected("the end");
    }

    private List<string> TakeProperties()
    {
        if (TrySign("*"))
            return [];

        List<string> properties = [TakeName()];
        while (TrySign(","))
            properties.Add(TakeName());
        return properties;
    }

    private List<WqlCondition> TakeConditions()
    {
        if (!Current.IsWord("WHERE"))
            return [];

        List<WqlCondition> conditions = [];
        do
        {
            position++;
            conditions.Add(new WqlCondition(TakeName(), TakeOperator(), TakeText()));
        }
        while (Current.IsWord("AND"));
        return conditions;
    }

    private WqlOperator TakeOperator()
    {
        var found = Current is not { Kind: WqlTokenKind.Sign, Value: var sign } ? default(WqlOperator?) : sign switch
        {
            "=" => WqlOperator.Equal,
            "<>" => WqlOperator.NotEqual,
            "<" => WqlOperator.Less,
            ">" => WqlOperator.Greater,
            "<=" => WqlOperator.LessOrEqual,
            ">=" => WqlOperator.GreaterOrEqual,
            _ => null,
        };
        var taken = found ?? throw Unexpected("a comparison");
        position++;
        return taken;
    }

    private string TakeName() => Current.Kind == WqlTokenKind.Word ? tokens[position++].Value : throw Unexpected("a name");

    private string TakeText() => Current.Kind == WqlTokenKind.Text ? tokens[position++].Value : throw Unexpected("a quoted text");

    private void TakeWord(string word) => position += Current.IsWord(word) ? 1 : throw Unexpected(word);

    private bool TrySign(string sign)
    {
        if (!Current.IsSign(sign))
            return false;
        position++;
        return true;
    }

    private CimConnectionException Unexpected(string expected) =>
        new(CimFailure.InvalidQuery, $"The query has '{Current.Value}' where {expected} belongs.");
}
