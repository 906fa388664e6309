namespace MimHybrid.Mim.Cim;

/// <summary>The provider could not be asked. A run that MIM refused or that failed is not this: that is a result word.</summary>
public sealed class CimConnectionException(CimFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public CimFailure Failure { get; } = failure;
}
