namespace MimHybrid.Core.Store;

/// <content>What the running agent signs in with, for whoever asks from another process.</content>
public sealed partial class AgentStore
{
    public CredentialNote? ReadCredential() => Read(connection => connection
        .Sql("SELECT kind, expires_at, warn_from FROM credential")
        .Row(row => new CredentialNote(row.GetString(0), row.OptionalTime(1), row.OptionalTime(2))));

    public void RecordCredential(CredentialNote credential) => Write(connection =>
    {
        connection.Run(
            "INSERT OR REPLACE INTO credential (id, kind, expires_at, warn_from) VALUES (1, $kind, $expires, $warn)",
            ("$kind", credential.Kind), ("$expires", credential.ExpiresAt), ("$warn", credential.WarnFrom));
    });
}
