using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Settings;
using MimHybrid.Graph;
using MimHybrid.Store.Faults;

namespace MimHybrid.Agent.Tests.Commands;

/// <summary>One place makes a stack trace of an exception, and what it says is a bug report; whatever was foreseen is told in words.</summary>
public sealed class BugReportTests
{
    private const string Frame = "   at ";

    public static TheoryData<Exception, int> Foreseen => new()
    {
        { new SettingsException(["BootDelay is 'x'; allowed is a duration."]), ExitCode.SettingsInvalid },
        { new StoreException("The store is damaged."), ExitCode.StoreUnusable },
        { new StoreException("Another program holds the store.") { IsPassing = true }, ExitCode.StoreUnusable },
        { new UnauthorizedAccessException("Access to the path is denied."), ExitCode.Fatal },
        { new IOException("No space left on device"), ExitCode.Fatal },
        { new FileNotFoundException("Could not find file 'x'."), ExitCode.Fatal },
    };

    [Theory]
    [MemberData(nameof(Foreseen), DisableDiscoveryEnumeration = true)]
    public void What_was_foreseen_is_told_in_words(Exception exception, int code)
    {
        var (found, reasons) = CommandLine.Explain(Thrown(exception));

        Assert.Equal(code, found);
        Assert.All(reasons, reason => Assert.DoesNotContain(Frame, reason, StringComparison.Ordinal));
        Assert.All(reasons, reason => Assert.DoesNotContain("Please report", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void What_nobody_foresaw_is_a_bug_report_with_version_cause_and_place()
    {
        var cause = Thrown(new InvalidOperationException("Sequence contains no elements"));
        var (code, reasons) = CommandLine.Explain(Thrown(new ArgumentException("It went wrong.", cause)));

        var report = Assert.Single(reasons);
        Assert.Equal(ExitCode.Fatal, code);
        Assert.StartsWith(
            $"This is a fault in MimHybrid {Product.Version}. Please report it, with this text: ", report, StringComparison.Ordinal);
        Assert.Contains("System.ArgumentException: It went wrong.", report, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: Sequence contains no elements", report, StringComparison.Ordinal);
        Assert.Contains($"{Frame}{typeof(BugReportTests).FullName}.{nameof(Thrown)}", report, StringComparison.Ordinal);
    }

    /// <summary>One that was thrown knows where.</summary>
    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
