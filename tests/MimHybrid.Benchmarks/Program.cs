using MimHybrid.Benchmarks;
using MimHybrid.Benchmarks.Growth;
using MimHybrid.Benchmarks.Latency;
using MimHybrid.Benchmarks.Months;
using MimHybrid.Benchmarks.Rests;
using MimHybrid.Benchmarks.Starts;

return args switch
{
    ["serve", var members, var guests] => await TenantProcess.ServeAsync(Number.Of(members), Number.Of(guests)),
    ["serve-prepared", var members] => await TenantProcess.ServePreparedAsync(Number.Of(members)),
    ["baseline", var address, var kind, var folder] => await BaselineRun.RunAsync(TenantAccess.Parse(address), kind, folder),
    ["scale"] => await ScaleBenchmark.RunAsync(members: 1_000_000, guests: 50_000),
    ["scale", var members, var guests] => await ScaleBenchmark.RunAsync(Number.Of(members), Number.Of(guests)),
    ["pages"] => await PageBenchmark.RunAsync(users: 200_000),
    ["pages", var users] => await PageBenchmark.RunAsync(Number.Of(users)),
    ["month", .. var arguments] => MonthBenchmark.Run(arguments),
    ["growth"] => GrowthBenchmark.Run(),
    ["growth", var cycles, var guests] => GrowthBenchmark.Try(Number.Of(cycles), Number.Of(guests)),
    ["page"] => await BrowserBenchmark.RunAsync(cycles: 200_000, guests: 1_000_000),
    ["page", var cycles, var guests] => await BrowserBenchmark.RunAsync(Number.Of(cycles), Number.Of(guests)),
    ["latency"] => await LatencyBenchmark.RunAsync(),
    ["rest"] => await RestBenchmark.RunAsync(),
    ["start"] => await StartBenchmark.RunAsync(),
    ["all"] => await AllBenchmarks.RunAsync(),
    ["compare", var one, var other] => Comparison.Run(one, other),
    _ => Usage.Say(),
};
