using MimHybrid.Documents.Tests.Checks;

namespace MimHybrid.Documents.Tests;

/// <summary>The checks see mistakes, and let pass what is right.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData("sh", "dotnet run --project src/MimHybrid.Agnet -- status")]
    [InlineData("sh", "dotnet run --project src/MimHybrid.Agent -- stauts")]
    [InlineData("sh", "dotnet run --project src/MimHybrid.Agent -- run --sandbox mass-removals")]
    [InlineData("sh", "dotnet run --project scripts/MimHybrid.Release -- proof")]
    [InlineData("sh", "dotnet test --filter Planner")]
    [InlineData("sh", "dotnet test --project tests/MimHybrid.Nothing.Tests")]
    [InlineData("sh", "dotnet publish src/MimHybrid.Agent --single-file")]
    [InlineData("sh", "mimhybrid log --last all")]
    [InlineData("sh", "mimhybrid log --json | jp .outcome")]
    [InlineData("sh", "mimhybrid run --set BootDelai=00:00:00")]
    [InlineData("sh", "az deployment group create --resource-group rg --template-file infra/man.bicep --parameters infra/main.bicepparam")]
    [InlineData("sh", "az deployment group create --resource-group rg --template-file infra/main.bicep")]
    [InlineData("sh", "az deployment group crate --resource-group rg")]
    [InlineData("sh", "az group create --name rg --region westeurope --location westeurope")]
    [InlineData("sh", "az group delete --name rg mimhybrid")]
    [InlineData("sh", "az ad sp show --id x --output csv")]
    [InlineData("sh", "az group create --name 'rg-mimhybrid")]
    [InlineData("sh", "frobnicate")]
    [InlineData("powershell", "& 'C:\\Program Files\\MimHybrid\\mimhybrid.exe' statos")]
    [InlineData("powershell", "& \"$env:ProgramFiles\\MimHybrid\\mimhybrid.exe\" log --lats 5")]
    [InlineData("powershell", ".\\Install-MimHybrid.ps1 -Acount MIMSyncUser")]
    [InlineData("powershell", ".\\Install-MimHybrid.ps1 -RunAs Daemon")]
    [InlineData("powershell", ".\\Instal-MimHybrid.ps1")]
    [InlineData("powershell", "Get-Content 'x")]
    [InlineData("powershell", "Get-Contents x")]
    [InlineData("powershell", "Disable-ScheduledTask -TaksName 'MIM Hybrid Agent'")]
    [InlineData("powershell", ".\\Uninstall-MimHybrid.ps1 && .\\Install-MimHybrid.ps1")]
    [InlineData("bat", "schtasks /Create /TM \"MIM Hybrid Agent\"")]
    [InlineData("bat", "schtasks /Run /TN \"MIM Hybrid Agent")]
    [InlineData("bat", "runas /user:MIMSyncUser \"mimhybrid chekc\"")]
    [InlineData("json", "{ \"Graph\": { \"TenantId\": \"…\", } }")]
    [InlineData("json", "{ \"Graph\": { \"TenentId\": \"…\" } }")]
    [InlineData("json", "{ \"Graf\": { } }")]
    [InlineData("xml", "<Task>")]
    [InlineData("text", "mimhybrid status")]
    [InlineData("", "mimhybrid status")]
    [InlineData("python", "print()")]
    public void A_wrong_block_is_seen(string language, string text) => Assert.NotEmpty(ErrorsOfBlock(language, text));

    [Theory]
    [InlineData("sh", "# a comment\nMIMHYBRID_APPROVE=1 dotnet test \\\n  --project tests/MimHybrid.Flow.Tests")]
    [InlineData("sh", "dotnet run --project src/MimHybrid.Agent -- --force --sandbox --data ./artifacts/demo")]
    [InlineData("sh", "mimhybrid log --json | jq .outcome")]
    [InlineData("sh", "az ad sp show --id THE-CLIENT-ID --query id --output tsv")]
    [InlineData("bat", "runas /user:MIMSyncUser cmd")]
    [InlineData("powershell", ".\\New-MimHybridApp.ps1 -TenantId contoso.com | .\\Install-MimHybrid.ps1 -RunAs Service -WhatIf")]
    [InlineData("powershell", "& \"$env:ProgramFiles\\MimHybrid\\mimhybrid.exe\" task show --account CONTOSO\\MIMSyncUser --output C:\\Temp\\MimHybrid.xml")]
    [InlineData("bat", "rem a comment\nschtasks /Run /TN \"MIM Hybrid Agent\"")]
    [InlineData("json", "{ \"Graph\": { \"TenantId\": \"…\", … }, // a comment\n \"Functions\": { \"Mine\": { \"Interval\": \"01:00:00\" } } }")]
    [InlineData("json", "{ \"displayName\": \"MimHybrid\" }")]
    [InlineData("text", "Pending  no guest changes")]
    public void A_right_block_passes(string language, string text) => Assert.Empty(ErrorsOfBlock(language, text));

    [Theory]
    [InlineData("mimhybrid stauts")]
    [InlineData("mimhybrid status [--jason]")]
    [InlineData("mimhybrid task show|instal")]
    [InlineData("mimhybrid run [--sequence NAME] [--once]")]
    [InlineData("(Get-FileHash x.zip).Hash | Sort-Objekt")]
    [InlineData("$m log --last five")]
    [InlineData("> Get-Contents x")]
    [InlineData(".\\scripts\\Update-MimHybrid.ps1 -Wait 1")]
    [InlineData("schtasks /Rum")]
    [InlineData("Graph:TenentId")]
    [InlineData("MIMHYBRID_Graph__TenentId")]
    [InlineData("\"Telemetry\": { \"Otlp\": \"http://localhost:4318\" }")]
    [InlineData("src/MimHybrid.Core/Nothing.cs")]
    public void A_wrong_word_within_a_sentence_is_seen(string code) => Assert.NotEmpty(Document.Of($"See `{code}`.").Spans.SelectMany(Spans.Errors));

    [Theory]
    [InlineData("mimhybrid")]
    [InlineData("mimhybrid log [--last N] [--since T] [--guest TEXT] [--json]")]
    [InlineData("mimhybrid task show|install|check|remove")]
    [InlineData("mimhybrid run --sandbox [REHEARSAL]")]
    [InlineData("mimhybrid run [--sequence NAME] [--force] [--past-window]")]
    [InlineData("mimhybrid --data … status")]
    [InlineData("mimhybrid task show …")]
    [InlineData("Functions:GuestChanges:On")]
    [InlineData("MIMHYBRID_Functions__Mine__Interval")]
    [InlineData("tests/HandTests.md")]
    [InlineData("mimhybrid.spdx.json")]
    public void A_right_word_within_a_sentence_passes(string code) => Assert.Empty(Document.Of($"See `{code}`.").Spans.SelectMany(Spans.Errors));

    [Theory]
    [InlineData("scripts/Readme.md", false)]
    [InlineData("scripts/README.md#no-such-heading", false)]
    [InlineData("#no-such-heading", false)]
    [InlineData("scripts/README.md", true)]
    [InlineData("scripts/README.md#quick-start", true)]
    [InlineData("https://example.com/", true)]
    public void A_link_that_leads_nowhere_is_seen(string link, bool leads) =>
        Assert.Equal(leads, !Links.Errors("README.md", Document.Of($"[here]({link})").Links).Any());

    [Theory]
    [InlineData("    mimhybrid stauts")]
    [InlineData("<pre>mimhybrid stauts</pre>")]
    [InlineData("Say <code>mimhybrid stauts</code>.")]
    public void Code_that_is_marked_in_another_way_does_not_escape(string text) => Assert.NotEmpty(Document.Of(text).Blocks.SelectMany(Blocks.Errors));

    [Fact]
    public void A_bar_in_a_table_is_a_bar() => Assert.Equal("a|b", Assert.Single(Document.Of("| x | y |\n|---|---|\n| `a\\|b` | z |").Spans).Text);

    private static IEnumerable<string> ErrorsOfBlock(string language, string text) => Document.Of($"```{language}\n{text}\n```").Blocks.SelectMany(Blocks.Errors);
}
