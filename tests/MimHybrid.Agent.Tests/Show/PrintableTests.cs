using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>An invited stranger chooses the own name: nothing in it may forge a line, drive a terminal or hide.</summary>
public sealed class PrintableTests
{
    [Theory]
    [InlineData("Lena Brandt", "Lena Brandt")]
    [InlineData("Łukasz 李小龍 😀", "Łukasz 李小龍 😀")]
    [InlineData("a\u001b[2Jb", "a·[2Jb")]
    [InlineData("a\r\nb\u2028c\u0085d", "a··b·c·d")]
    [InlineData("a\u202Eb\u200Fc\u2066d", "a·b·c·d")]
    [InlineData("a\U000E0041\U000E0042b", "a··b")]
    [InlineData("a\U000E0100b\U0001D173c", "a·b·c")]
    [InlineData("a\u3164b\uFE0Fc\u115Fd\u2800e", "a·b·c·d·e")]
    public void What_nobody_sees_is_shown(string name, string expected) => Assert.Equal(expected, Printable.Of(name));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\uFFFDb·", Printable.Of("a\uD800b\u001b"));

    [Fact]
    public void A_name_is_as_long_as_a_name() => Assert.Equal(257, GuestText.Of(Guest(new string('x', 65536))).Length);

    [Fact]
    public void A_text_keeps_its_lines_and_nothing_else() => Assert.Equal("a\nb·c\r\n", Printable.Lines("a\nb\u001bc\r\n"));

    private static GuestChange Guest(string name) => new("id", ChangeKind.Added, name, Mail: null, DateTimeOffset.UnixEpoch);
}
