namespace MimHybrid.Store.Faults;

/// <summary>The store cannot be opened. The message is one for an administrator, with the next step.</summary>
public sealed class StoreException(string message, Exception? innerException = null) : Exception(message, innerException);
