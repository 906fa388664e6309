using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>A real program, started as the scripts start Windows' own: everywhere else these are stand-ins.</summary>
public sealed class NativeTests : ScriptTest
{
    [Fact]
    public void Both_streams_of_a_program_are_its_lines_and_an_allowed_exit_code_is_no_error()
    {
        var answer = Run("'echo out; echo error >&2; exit 4'", allowed: "0, 4").Succeeded().Result;

        Assert.Equal(["error", "out"], ((object[])answer.Properties["Lines"].Value).Cast<string>().Order());
        Assert.Equal(4, answer.Properties["Code"].Value);
    }

    [Fact]
    public void Any_other_exit_code_is_an_error_with_what_the_program_said()
    {
        var run = Run("'echo refused >&2; exit 5'", allowed: "0");

        Assert.Equal("sh ended with exit code 5. It said: refused", run.Failure?.Message);
    }

    private ScriptRun Run(string line, string allowed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /bin/sh.");
        var script = Path.Combine(world.StateFolder, "native.ps1");
        File.WriteAllText(script, $"Import-Module '{setup.First.Script("MimHybrid.psm1")}'; Invoke-Native -Tool '/bin/sh' -Argument '-c', {line} -Allowed {allowed}");
        return ScriptRun.Of(world, script, []);
    }
}
