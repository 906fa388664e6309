using System.Globalization;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>Windows may write rights otherwise than they were given. What means the same is taken; what gives anybody more is not.</summary>
public sealed class RightFormTests : ScriptTest
{
    private const int Synchronize = 0x100000;

    private static readonly Dictionary<string, Func<string, IEnumerable<string>>> Forms = new()
    {
        ["an entry for each kind of heir"] = rule => Heirs(rule),
        ["the right to wait for a handle left out"] = rule => [With(rule, mask => mask & ~Synchronize)],
        ["the right to wait for a handle added"] = rule => [With(rule, mask => mask | Synchronize)],
        ["generic rights for what is inside"] = rule => [.. Heirs(rule).Select(heir => heir.EndsWith(":2", StringComparison.Ordinal) ? With(heir, Generic) : heir)],
        ["an entry twice"] = rule => [rule, rule],
        ["an entry for each right"] = rule => [With(rule, mask => mask & 0xFFFF), With(rule, mask => mask & ~0xFFFF)],
        ["something denied besides"] = rule => [$"{rule.Split(':')[0]}:1:0:Deny:0", rule],
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_folder_is_taken_in_each_form_in_which_Windows_may_write_its_rights(string form)
    {
        world.Reads = (_, rule) => Forms[form](rule);

        setup.Install(new() { ["OperatorsGroup"] = @"SERVER\MimOperators" }).Succeeded();
        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        Assert.True(world.AgentRuns);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_has_its_rights_in_another_form_is_not_given_them_again(string form)
    {
        setup.Install().Succeeded();
        setup.NewApp().Succeeded();
        world.Reads = (_, rule) => Forms[form](rule);
        var changes = world.Changes.Count;

        setup.Install().Succeeded();
        setup.NewApp().Succeeded();

        var given = world.Changes.Skip(changes).Where(change => change.StartsWith("rights", StringComparison.Ordinal));
        Assert.Equal(form == "something denied besides", given.Any()); // which our rights do not
    }

    [Theory]
    [InlineData("2:0:Allow:0")] // makes files
    [InlineData("1:1:Allow:2")] // reads what folders in it hold
    [InlineData("1:2:Allow:2")] // reads the files in it
    [InlineData("-2147483648:3:Allow:2")] // the generic right to read
    [InlineData("268435456:0:Allow:0")] // the generic right to all
    [InlineData("262144:0:Allow:0")] // changes rights
    public void A_folder_in_which_a_stranger_may_do_anything_is_not(string right) => Refused($"{WindowsWorld.Stranger}:{right}", @"SERVER\Stranger may do more in");

    [Theory]
    [InlineData("65536:0:Allow:0")] // deletes the folder
    [InlineData("64:0:Allow:0")] // deletes what is in it
    [InlineData("2032127:3:Allow:0")]
    public void Nor_is_one_in_which_a_reader_may_do_more(string right) => Refused($"{WindowsWorld.SyncUser}:{right}", @"SERVER\MIMSyncUser may do more in");

    [Theory]
    [InlineData(WindowsWorld.Stranger, true)]
    [InlineData("S-1-5-32-544", false)]
    public void Nor_is_one_that_was_made_in_that_moment_and_is_somebody_else_s_or_inherits(string owner, bool isProtected)
    {
        world.Before = change =>
        {
            if (change != "make folder MimHybrid" || Directory.Exists(world.ProgramFolder)) return;
            Directory.CreateDirectory(world.ProgramFolder);
            world.Restore(world.ProgramFolder, WindowsWorld.Closed() with { Owner = owner, Protected = isProtected });
        };

        var run = setup.Install();

        Assert.Contains("Somebody else made", run.Failure?.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(world.Executable));
    }

    private static string With(string rule, Func<int, int> mask) =>
        rule.Split(':') is [var sid, var number, .. var rest] ? $"{sid}:{mask(int.Parse(number, CultureInfo.InvariantCulture))}:{string.Join(':', rest)}" : throw new NotSupportedException(rule);

    private static int Generic(int mask) => mask switch { 2032127 => 0x10000000, 1179817 => int.MinValue | 0x20000000, 1179785 => int.MinValue, _ => mask };

    /// <summary>One for the folder itself, one for folders in it, one for files in it.</summary>
    private static IEnumerable<string> Heirs(string rule)
    {
        if (rule.Split(':') is not [var sid, var mask, "3", var kind, .. var rest]) return [rule];
        string[] inside = [$"{sid}:{mask}:2:{kind}:2", $"{sid}:{mask}:1:{kind}:2"];
        return rest is ["2"] ? inside : [.. inside, $"{sid}:{mask}:0:{kind}:0"];
    }

    private void Refused(string added, string because)
    {
        var before = world.Snapshot();
        world.Reads = (path, rule) => path == world.ProgramFolder && rule.StartsWith("S-1-5-18", StringComparison.Ordinal) ? [rule, added] : [rule];

        var run = setup.Install();

        Assert.Contains(because, run.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }
}
