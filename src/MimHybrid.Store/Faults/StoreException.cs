namespace MimHybrid.Store.Faults;

/// <summary>The store cannot be used. The message is one for an administrator, with the next step.</summary>
public sealed class StoreException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whoever tries again soon may well succeed: another program holds the file, or memory is short.</summary>
    public bool IsPassing { get; init; }

    /// <summary>The file itself is damaged. The next start puts it aside and saves what can be read.</summary>
    public bool IsDamage { get; init; }

    /// <summary>The right to read is missing; that there is nothing to read, nobody can say then.</summary>
    public static StoreException MayNotRead(string path, Exception fault) => new(
        $"You may not read {path}: open PowerShell as administrator, or join the operators group.", fault);
}
