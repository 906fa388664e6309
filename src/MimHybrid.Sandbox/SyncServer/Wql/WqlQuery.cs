namespace MimHybrid.Sandbox.SyncServer.Wql;

internal enum WqlOperator
{
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
}

/// <summary>A SELECT in the part of WQL that MIM's provider needs.</summary>
/// <param name="Properties">The properties asked for; empty stands for <c>*</c>.</param>
/// <param name="ClassName">After FROM.</param>
/// <param name="Conditions">All of them must hold.</param>
internal sealed record WqlQuery(IReadOnlyList<string> Properties, string ClassName, IReadOnlyList<WqlCondition> Conditions);

/// <summary>One comparison. All members are strings, so numbers compare as text too: that is MIM's trap, kept on purpose.</summary>
internal sealed record WqlCondition(string Property, WqlOperator Operator, string Value)
{
    /// <summary>WQL compares text without case.</summary>
    public bool Holds(string actual)
    {
        var order = string.Compare(actual, Value, StringComparison.OrdinalIgnoreCase);
        return Operator switch
        {
            WqlOperator.Equal => order == 0,
            WqlOperator.NotEqual => order != 0,
            WqlOperator.Less => order < 0,
            WqlOperator.Greater => order > 0,
            WqlOperator.LessOrEqual => order <= 0,
            _ => order >= 0,
        };
    }
}
