using MimHybrid.Release;

try
{
    return args switch
    {
        ["notices", .. var rest] => Commands.WriteNotices(new Arguments(rest)),
        ["pages", .. var rest] => Commands.SettlePages(new Arguments(rest)),
        ["prove", .. var rest] => Commands.Prove(new Arguments(rest)),
        _ => Commands.Make(new Arguments(args)),
    };
}
catch (ReleaseException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
