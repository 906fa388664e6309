using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Tests.Cim;

public sealed class CimErrorsTests
{
    private static readonly CimTarget Adma = new("MIIS_ManagementAgent", "Name", "ADMA");

    /// <summary>The text is lost over WS-Man, the id is not.</summary>
    [Theory]
    [InlineData("Failed", "HRESULT 0x80041001", " Generic failure \r\n", "CIM answered Failed (HRESULT 0x80041001): Generic failure.")]
    [InlineData("AccessDenied", "HRESULT 0x80070005", "", "CIM answered AccessDenied (HRESULT 0x80070005).")]
    [InlineData("NotFound", null, "Not found.", "CIM answered NotFound: Not found.")]
    [InlineData("Failed", " ", null, "CIM answered Failed.")]
    public void What_CIM_said_is_kept_on_one_line_with_a_stop(string code, string? id, string? text, string expected) =>
        Assert.Equal(expected, CimErrors.Said(code, id, text));

    [Fact]
    public void A_long_text_is_cut() => Assert.InRange(CimErrors.Said("Failed", null, new string('x', 5_000)).Length, 300, 350);

    [Fact]
    public void A_method_that_sends_no_result_has_not_answered()
    {
        var exception = Assert.Throws<CimConnectionException>(() => CimErrors.ResultOf(Adma, "RunStatus", null));

        Assert.Equal((CimFailure.Other, "RunStatus of 'ADMA' sent no result."), (exception.Failure, exception.Message));
        Assert.Equal("", CimErrors.ResultOf(Adma, "RunStatus", ""));
    }
}
