using System.Diagnostics;
using System.Globalization;

namespace MimHybrid.Chaos;

/// <summary>
/// A wall clock that jumps while a program runs: libfaketime, which reads by how much from a file each time it is asked. The clock by which
/// waits are counted goes on evenly, as it does on a real machine.
/// </summary>
internal sealed class FalseClock
{
    private static readonly string[] Places =
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"];

    private static readonly Lazy<Task<string?>> Looked = new(LookAsync);

    private readonly string file;

    public FalseClock(string folder)
    {
        file = Path.Combine(folder, "clock");
        Jump(TimeSpan.Zero);
    }

    private static string? Library => Array.Find(Places, File.Exists);

    /// <summary>Why no clock can be made to jump here; null where one can. As root on Debian, the library is installed.</summary>
    public static Task<string?> WhyNotAsync() => Looked.Value;

    /// <summary>From now on the clock is wrong by this much.</summary>
    public void Jump(TimeSpan by)
    {
        var prepared = file + ".new";
        File.WriteAllText(prepared, string.Create(CultureInfo.InvariantCulture, $"{by.TotalSeconds:+0;-0;+0}\n"));
        File.Move(prepared, file, overwrite: true);
    }

    public void AddTo(ProcessStartInfo start)
    {
        start.Environment["LD_PRELOAD"] = Library!;
        start.Environment["FAKETIME_TIMESTAMP_FILE"] = file;
        start.Environment["FAKETIME_NO_CACHE"] = "1";
        start.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
    }

    private static async Task<string?> LookAsync()
    {
        if (Library is not null) return null;
        if (!File.Exists("/etc/debian_version")) return "libfaketime is installed by itself on Debian only.";
        if (Environment.UserName != "root")
            return "libfaketime is missing, and only root can install it: apt-get install --no-install-recommends faketime";
        string[] quietly = ["-qq", "-y", "-o", "DPkg::Lock::Timeout=120"];
        await Child.RunAsync("apt-get", [.. quietly, "update"]);
        var (code, said) = await Child.RunAsync("apt-get", [.. quietly, "--no-install-recommends", "install", "faketime"]);
        return Places.Any(File.Exists) ? null : $"apt-get could not install faketime ({code}): {said}";
    }
}
