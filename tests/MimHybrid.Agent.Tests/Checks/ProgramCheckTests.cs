using MimHybrid.Agent.Checks;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>Whoever can change or replace the program has the agent's rights.</summary>
public sealed class ProgramCheckTests
{
    private const string Users = "S-1-5-32-545";
    private const int Modify = 1245631;
    private static readonly FolderRights.Held[] Safe = [new("S-1-5-18", 2032127), new("S-1-5-32-544", 2032127), new(Users, 1179817)];

    /// <summary>As Windows Server makes them for a drive: Users may make folders, and in these files; whoever makes one has it.</summary>
    private static readonly FolderRights.Held[] Drive = [.. Safe, new("S-1-3-0", 0x10000000, OnlyInside: true), new(Users, 4), new(Users, 2, OnlyInside: true)];

    [Fact]
    public void A_program_that_only_administrators_can_change_is_well() => Assert.Empty(Judge(Safe, Drive));

    [Theory]
    [InlineData(2, true)] // make files in it
    [InlineData(4, false)] // make folders in it
    [InlineData(Modify, false)]
    [InlineData(0x80000, false)] // take ownership; the owner can as much
    [InlineData(0x40000000, true)] // the generic right to write
    public void One_that_others_can_change_is_a_warning_with_the_command_that_ends_it(int right, bool onlyInside)
    {
        var finding = Assert.Single(Judge([.. Safe, new(Users, right, onlyInside)], Drive));

        Assert.Equal(FindingState.Warning, finding.State);
        Assert.Contains(@"BUILTIN\Users may change what is in D:\Tools\MimHybrid", finding.Saw, StringComparison.Ordinal);
        Assert.Contains("icacls \"D:\\Tools\\MimHybrid\" /inheritance:r /grant:r", finding.Todo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x40)] // delete what is inside
    [InlineData(Modify)] // the folder above can be renamed itself
    [InlineData(0x40000)] // change rights
    [InlineData(0x10000000)] // the generic right to all
    public void One_whose_folder_others_can_replace_is_a_warning(int right)
    {
        var finding = Assert.Single(Judge(Safe, [.. Safe, new("S-1-5-99", right)]));

        Assert.Equal(FindingState.Warning, finding.State);
        Assert.EndsWith(@"S-1-5-99 may rename or delete what is in D:\Tools", finding.Saw, StringComparison.Ordinal);
    }

    [Fact]
    public void All_folders_above_make_one_line()
    {
        FolderRights.Held[] open = [.. Safe, new(Users, Modify)];

        var finding = Assert.Single(new ProgramCheck().Judge([new(@"D:\A\B\C", Safe), new(@"D:\A\B", open), new(@"D:\A", open)], own: 1, _ => "Users"));

        Assert.EndsWith(@"Users may rename or delete what is in D:\A\B and Users may rename or delete what is in D:\A", finding.Saw, StringComparison.Ordinal);
    }

    [Fact]
    public void The_executable_and_its_libraries_are_looked_at_each()
    {
        FolderRights.Held[] open = [.. Safe, new(Users, Modify)];

        var findings = new ProgramCheck().Judge([new(@"D:\A\lib", open), new(@"D:\A", open), new(@"D:\", Safe, IsDrive: true)], own: 2, _ => "Users").ToList();

        Assert.Equal([@"Users may change what is in D:\A\lib, which runs with the agent's rights", @"Users may change what is in D:\A, which runs with the agent's rights"],
            findings.Select(finding => finding.Saw));
    }

    [Theory]
    [InlineData("/opt/mimhybrid/lib/", "/opt/mimhybrid")]
    [InlineData("/work/artifacts/bin/debug/", "/work/artifacts/bin/debug")]
    public void The_program_folder_is_the_one_with_the_executable(string binaries, string folder) => Assert.Equal(folder, ProgramFolder.Of(binaries));

    [Fact]
    public void What_holds_only_inside_a_folder_above_does_not_count_there() => Assert.Empty(Judge(Safe, [.. Safe, new(Users, Modify, OnlyInside: true)]));

    [Fact]
    public void A_whole_drive_cannot_be_deleted() => Assert.Empty(new FolderRights(@"D:\", [new(Users, Modify)], IsDrive: true).Replacers);

    private static List<Finding> Judge(FolderRights.Held[] program, FolderRights.Held[] above) =>
        [.. new ProgramCheck().Judge([new(@"D:\Tools\MimHybrid", program), new(@"D:\Tools", above)], own: 1, sid => sid == Users ? @"BUILTIN\Users" : null)];
}
