using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>New-MimHybridApp.ps1 is cut off at every change, on the server and in the tenant: the same command afterwards leaves one application and no certificate that nobody uses.</summary>
public sealed class AppPowerCutTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_registration_that_was_cut_off_leaves_no_certificate_behind(bool afterwards) => EachCut(afterwards, renew: false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nor_does_a_renewal(bool afterwards) => EachCut(afterwards, renew: true);

    [Fact]
    public void What_was_cut_off_is_told_and_with_WhatIf_not_touched()
    {
        using var world = new WindowsWorld();
        var setup = new Setup(world);
        CutAtUpload(world, setup);
        var before = world.Snapshot();

        var run = setup.NewApp(new() { ["WhatIf"] = true }).Succeeded();

        Assert.Contains("Undo what was cut off", run.Said, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
        Assert.Contains("A run before this one was cut off. Everything done so far is undone:", setup.NewApp().Succeeded().Said, StringComparison.Ordinal);
    }

    /// <summary>Made by hand, or by an earlier run that ended well.</summary>
    [Fact]
    public void Another_certificate_of_that_name_is_not_removed()
    {
        using var world = new WindowsWorld();
        var setup = new Setup(world);
        setup.NewApp().Succeeded();
        var other = Assert.Single(world.Certificates);
        world.Entra.Applications.Clear();
        CutAtUpload(world, setup);

        setup.NewApp().Succeeded();

        Assert.Contains(other, world.Certificates);
        Assert.Equal(2, world.Certificates.Count);
    }

    /// <summary>An administrator runs what it names.</summary>
    [Fact]
    public void A_journal_of_somebody_else_is_not_obeyed()
    {
        using var world = new WindowsWorld();
        var folder = Directory.CreateDirectory(world.ProgramFolder + ".app.unfinished").FullName;
        File.WriteAllText(Path.Combine(folder, "journal"), """{"Say":"removed the data","Command":"Remove-Folder","With":{"Path":"C:\\Windows"}}""");
        world.AccessListOf(folder).Owner = WindowsWorld.Stranger;

        var run = new Setup(world).NewApp();

        Assert.Contains(@"belongs to SERVER\Stranger", run.Failure?.Message, StringComparison.Ordinal);
        Assert.Empty(world.Entra.Requests);
    }

    /// <summary>The two belong together once the public part is in the application; the next run makes good what is missing.</summary>
    [Fact]
    public void A_certificate_that_is_uploaded_stays_when_something_fails_afterwards()
    {
        using var world = new WindowsWorld();
        var setup = new Setup(world);
        world.Entra.Broken = "Post /v1.0/servicePrincipals";
        Assert.NotNull(setup.NewApp().Failure);
        world.Entra.Broken = null;

        setup.NewApp().Succeeded();

        Assert.Equal(PublicParts(world), world.Certificates.Select(certificate => Convert.ToBase64String(certificate.RawData)));
        Assert.Single(world.Certificates);
    }

    private static void CutAtUpload(WindowsWorld world, Setup setup)
    {
        using var undisturbed = new WindowsWorld();
        new Setup(undisturbed).NewApp().Succeeded();
        world.CutAt = world.Changes.Count + undisturbed.Changes.FindIndex(change => change.StartsWith("Patch", StringComparison.Ordinal)) + 1;
        Assert.NotNull(setup.NewApp().Failure);
        world.Cut!.End();
    }

    private static void EachCut(bool afterwards, bool renew)
    {
        var changes = Run(0, afterwards, renew);
        Assert.InRange(changes, 3, 20);
        for (var at = 1; at <= changes; at++) Run(at, afterwards, renew);
    }

    private static int Run(int cutAt, bool afterwards, bool renew)
    {
        using var world = new WindowsWorld { FailAfterwards = afterwards };
        var setup = new Setup(world);
        if (renew) setup.NewApp().Succeeded();
        var before = world.Changes.Count;
        Dictionary<string, object?> more = renew ? new() { ["Renew"] = true } : [];
        if (cutAt > 0)
        {
            world.CutAt = before + cutAt;
            Assert.NotNull(setup.NewApp(more).Failure);
            world.Cut!.End();
        }

        var changes = world.Changes.Count;
        setup.NewApp(more).Succeeded();

        var here = world.Certificates.Select(certificate => Convert.ToBase64String(certificate.RawData)).ToList();
        var cutAfterUpload = cutAt > 0 && afterwards && world.Changes[before + cutAt - 1].StartsWith("Patch", StringComparison.Ordinal);
        Assert.Equal(renew ? 2 : 1, here.Count);
        Assert.Subset(PublicParts(world).ToHashSet(), here.ToHashSet());
        Assert.Equal(here.Count + (cutAfterUpload ? 1 : 0), PublicParts(world).Count); // one whose key is gone, and which ends with its year
        Assert.Equal(here.Count, Directory.GetFiles(world.KeyFolder).Length);
        Assert.False(Directory.Exists(world.ProgramFolder + ".app.unfinished"));
        return world.Changes.Count - changes;
    }

    private static List<string> PublicParts(WindowsWorld world) =>
        [.. Assert.Single(world.Entra.Applications)["keyCredentials"]!.AsArray().Select(key => (string)key!["key"]!)];
}
