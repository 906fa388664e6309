using System.ComponentModel;
using System.Diagnostics;

namespace MimHybrid.Agent.Commands;

/// <summary>The browser of whoever sits before this machine, where there is one.</summary>
internal static class Browser
{
    public static bool TryOpen(string address)
    {
        if (!HasScreen()) return false;
        try
        {
            using var started = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
            return true;
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException or PlatformNotSupportedException)
        {
            return false; // as on a server without a desktop
        }
    }

    private static bool HasScreen() => OperatingSystem.IsWindows()
        ? Environment.UserInteractive
        : Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
}
