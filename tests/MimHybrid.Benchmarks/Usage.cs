using System.Globalization;

namespace MimHybrid.Benchmarks;

internal static class Usage
{
    public static int Say()
    {
        Console.WriteLine("""
            all                     all of the following, one after the other; each writes its table into README.md and its figures under artifacts
            scale [MEMBERS GUESTS]  reads a large tenant as the agent does, each way, with a kill in the middle; memory, requests, time
            pages [USERS]           reads the same pages with the agent's reader, with PageIterator over the SDK's model, and not at all; and
                                    asks for changes as the agent does, and as a script that lists all guests
            month [NAME=NUMBER...]  replays 30 days of a tenant under five schedules, in virtual time; NAME is invitations (a working day),
                                    burst, churn (of 1000 members), months, seed, or of the model of run profiles start (s),
                                    import, synchronization, change (ms)
            growth [CYCLES GUESTS]  what a store of years costs: status, log, a guest found by part of the name, the agent's commits, migration
            page [CYCLES GUESTS]    the page over a store of years: home, a cycle, a guest by a part of the mail address, the log
            latency                 from a change in the tenant, and from --force in a second process, to MIM's first run profile, taken apart
            start                   from the start of the published executable to its answer and its first request; sizes
            rest                    processor, disk, requests and memory of the published agent while nothing happens
            compare A.json B.json   two files of artifacts/benchmarks, figure by figure, with ratios
            """);
        return 2;
    }
}

internal static class Number
{
    public static int Of(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
