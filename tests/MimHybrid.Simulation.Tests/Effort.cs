using System.Globalization;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// How long the searching tests search: seconds by default, and as many times longer as the environment variable
/// <c>MIMHYBRID_TEST_EFFORT</c> says. A failure prints a seed; with <c>CsCheck_Seed</c> set to it the test begins there.
/// </summary>
internal static class Effort
{
    private static readonly int factor = int.TryParse(
        Environment.GetEnvironmentVariable("MIMHYBRID_TEST_EFFORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Max(given, 1) : 1;

    public static int Samples(int usual) => usual * factor;

    /// <summary>With more effort a walk takes smaller steps, down to every single one.</summary>
    public static int Stride(int usual) => Math.Max(1, usual / factor);
}
