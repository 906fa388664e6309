namespace MimHybrid.Agent;

/// <summary>The exit codes, a contract with Task Scheduler and with scripts. <c>--help</c> prints them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int CycleFailed = 1;
    public const int Usage = 2;
    public const int SettingsInvalid = 3;
    public const int CheckFailed = 4;
    public const int DataFolderHeld = 5;
    public const int StoreUnusable = 6;
    public const int Fatal = 70;
    public const int Cancelled = 130;

    public const string Table =
        """
        Exit codes:
            0  done, or nothing to do
            1  a cycle failed, was stopped or held, or the directory refused an account in it; or the tenant could not be read
            2  the command line is wrong
            3  the settings are invalid
            4  a check failed, or the output could not be written (--output, or standard output)
            5  refused: another agent holds the data folder, or drives the same sync server
            6  the store cannot be used: it cannot be read or written, is damaged, or is of another version
           70  fatal: something that should not happen, told on standard error
          130  cancelled (Ctrl+C, SIGTERM, or the window was closed)
        """;
}
