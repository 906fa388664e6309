using System.CommandLine;
using MimHybrid.Agent.Show;

namespace MimHybrid.Agent.Commands;

/// <summary><c>--output FILE</c>, alike wherever it is: a file that cannot be written is one sentence, and exit code 4.</summary>
internal static class OutputFile
{
    public static Option<string?> Option(string description)
    {
        var option = new Option<string?>("--output") { HelpName = "FILE", Description = description };
        CommonOptions.RefuseEmpty(option, "a file");
        return option;
    }

    /// <summary>False when it could not be written, which was said then.</summary>
    public static bool TryWrite(string file, Action write, string option = "--output")
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Say.Error($"{option} is '{file}'; allowed is a file that {CurrentAccount.Name} may write ({e.Message.TrimEnd('.')}).");
            return false;
        }
    }
}
