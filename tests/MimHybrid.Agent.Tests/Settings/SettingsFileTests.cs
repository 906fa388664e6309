using System.Text;
using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>A settings file that cannot be read is told with its line, as editors count them, and with what to do.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData(
        "{\n  \"SyncServer\": {\n \"Account\": \"WOODGROVE\\svc-mim\" } }",
        "line 3: a backslash is written twice in JSON, as in CONTOSO\\\\svc-mim")]
    [InlineData("{ \"Sandbox\": \"C:\\users\" }", "line 1: a backslash is written twice in JSON")]
    [InlineData("{\n\n\"BootDelay\": ", "line 3: it is no JSON: ")]
    [InlineData("[1]", "line 1: it is a list or a value; allowed is one object, { … }")]
    [InlineData("", "line 1: it is empty; allowed is one object, { … }")]
    [InlineData(" \r\n\t\n", "line 1: it is empty; allowed is one object, { … }")]
    [InlineData("{}\n{}", "line 2: it is no JSON: ")]
    [InlineData("{\n \"Graph\": { \"TenantId\": \"\\ud800\" } }", "line 2: half a character")]
    [InlineData("{\n \"\\udc00\": 1 }", "line 2: half a character")]
    public void What_is_no_json_is_told_with_its_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(Errors(text)), StringComparison.Ordinal);

    [Fact]
    public void A_correct_escape_on_the_line_of_another_mistake_is_not_blamed() =>
        Assert.Contains(
            "it is no JSON", Assert.Single(Errors("""{ "SyncServer": { "Account": "A\\b" } "Graph": {} }""")), StringComparison.Ordinal);

    [Fact]
    public void Names_that_stand_there_twice_are_all_told_with_both_lines()
    {
        Assert.Equal(
            [
                "line 3: GRAPH is there twice; the first is in line 2.",
                "line 4: RunLog:keepDays is there twice; the first is in line 4.",
            ],
            Errors("{\n\"Graph\": {},\n\"GRAPH\": {},\n\"RunLog\": { \"KeepDays\": 1, \"keepDays\": 2 } }")
                .Select(error => error[error.IndexOf("line", StringComparison.Ordinal)..]));
        Assert.Contains(
            "line 2: Graph:TenantId is there twice",
            Assert.Single(Errors("{ \"Graph\": { \"TenantId\": \"a\" },\n\"Graph:TenantId\": \"b\" }")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_colons_may_meet_an_entry_of_a_list() => Assert.Contains(
        "line 1: Graph:Select:0 is there twice",
        Assert.Single(Errors("""{ "Graph:Select:0": "id", "Graph": { "Select": [ "id" ] } }""")),
        StringComparison.Ordinal);

    [Fact]
    public void Another_encoding_is_told_with_its_line()
    {
        Assert.Contains(
            "line 2: it is not UTF-8; save it as UTF-8",
            Assert.Single(Errors([.. "{\n\"GuestSource\": \"é caf"u8, 0xE9, .. "\" }"u8])),
            StringComparison.Ordinal);
        Assert.Contains(
            "it is UTF-16; save it as UTF-8",
            Assert.Single(Errors([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{}")])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_settings_file_is_not_read_to_its_end() =>
        Assert.Contains("has more than 4194304 bytes", Assert.Single(Errors(new byte[5_000_000])), StringComparison.Ordinal);

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_are_no_mistakes() =>
        Assert.Equal(
            "{ /* why */ \"BootDelay\": \"0\", }"u8.ToArray(),
            SettingsFile.Read(Write([.. Encoding.UTF8.Preamble, .. "{ /* why */ \"BootDelay\": \"0\", }"u8])));

    public void Dispose() => File.Delete(file);

    private IReadOnlyList<string> Errors(string text) => Errors(Encoding.UTF8.GetBytes(text));

    private IReadOnlyList<string> Errors(byte[] bytes) => Assert.Throws<SettingsException>(() => SettingsFile.Read(Write(bytes))).Errors;

    private string Write(byte[] bytes)
    {
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
