using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Checks;

/// <summary>What starts the agent with the server: the scheduled task or the service, exactly one of them, as we would set it up.</summary>
internal sealed class StartCheck() : QuickCheck("task")
{
    protected override IEnumerable<Finding> Look(CheckContext context) => context.Server is { } server
        ? Judge(server)
        : [Skipped("not Windows", "look at it on the server; the definition of the task: mimhybrid task show")];

    public IEnumerable<Finding> Judge(ServerFacts server) =>
    [
        .. server.Work == ScriptWork.CutOff
            ? [Warning("an installation or update was cut off half-way",
                "run Install-MimHybrid.ps1 or Update-MimHybrid.ps1 again: it undoes first what was begun")]
            : Array.Empty<Finding>(),
        .. server switch
        {
            { TaskTrouble: { } trouble } =>
                [Skipped($"the scheduled task cannot be looked at ({trouble.TrimEnd('.')})",
                    "run this as an administrator or as the account of the task")],
            { TaskXml: { } xml } => JudgeTask(xml, server),
            { Service: null } => [Warning(
                "neither a scheduled task nor a service starts the agent",
                "make the task: Install-MimHybrid.ps1, or mimhybrid task show --output task.xml")],
            _ => [],
        },
        .. server.Service is { } service ? JudgeService(service, server) : Array.Empty<Finding>(),
    ];

    private IEnumerable<Finding> JudgeTask(string xml, ServerFacts server)
    {
        RegisteredTask task;
        try
        {
            task = RegisteredTask.Parse(xml);
        }
        catch (FormatException e)
        {
            return [Skipped($"the scheduled task cannot be read ({e.Message.TrimEnd('.')})", "look at it in Task Scheduler")];
        }

        var account = task.AccountName(server.NameOf);
        var differences = TaskComparison.Compare(task, task.AsChosen(account), server.NameOf)
            .Where(difference => difference.Setting != TaskComparison.Enabled || server.Work != ScriptWork.AtWork).ToList();
        return
        [
            differences.Count == 0
                ? Ok($"'{TaskDefinition.Name}' runs as {account}, {task.Delay:c} after the start of the server")
                : Warning(
                    $"'{TaskDefinition.Name}' runs as {account} and differs in {differences.Count} settings from what it should be",
                    "correct each as said below, or register it again: mimhybrid task show --output task.xml"),
            .. differences.Select(
                difference =>
                    Warning($"{difference.Setting} is {difference.Registered}, expected is {difference.Expected}", difference.Consequence)),
            .. ForWhom(account),
        ];
    }

    private IEnumerable<Finding> JudgeService(ServiceFacts service, ServerFacts server)
    {
        if (server.TaskXml is not null)
            yield return Warning(
                "both a scheduled task and a service start the agent; the second that comes is refused",
                $"keep one: schtasks /Delete /TN \"{TaskDefinition.Name}\" /F, or sc.exe delete MimHybrid");
        yield return service switch
        {
            { IsAutomatic: false } when server.Work == ScriptWork.AtWork =>
                Ok($"the service MimHybrid is made for {service.Account}; the installation that is running lets it start when it ends"),
            { IsAutomatic: false } =>
                Warning($"the service MimHybrid ({service.Account}) does not start with the server",
                    "sc.exe config MimHybrid start= delayed-auto"),
            { IsRestarted: false } => Warning(
                $"the service MimHybrid ({service.Account}) is not started again when it ends by a fault",
                "sc.exe failure MimHybrid reset= 86400 actions= "
                    + "restart/60000/restart/60000/restart/300000, then sc.exe failureflag MimHybrid 1"),
            { IsDelayed: false } =>
                Warning($"the service MimHybrid ({service.Account}) starts before MIM may be up",
                    "sc.exe config MimHybrid start= delayed-auto"),
            _ => Ok($"the service MimHybrid runs as {service.Account} and starts with the server, delayed"),
        };
        foreach (var finding in ForWhom(service.Account)) yield return finding;
    }

    /// <summary>The rights that the other checks saw are those of whoever ran them.</summary>
    private IEnumerable<Finding> ForWhom(string account) => TaskComparison.IsSameAccount(account, CurrentAccount.Name)
        ? []
        : [Warning(
            $"this check ran as {CurrentAccount.Name}, the agent runs as {account}: what that account may do in the data folder, with the "
                + "credential and in MIM is not shown by it",
            $"the agent's first cycle shows it: mimhybrid status; or check as that account: runas /user:{account} cmd, and in that window "
                + $"\"{Environment.ProcessPath}\" check (a gMSA: by the task that mimhybrid task show --check prints)")];
}
