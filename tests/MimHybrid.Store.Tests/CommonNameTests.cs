using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

/// <summary>Whose account it is, out of a distinguished name.</summary>
public sealed class CommonNameTests
{
    [Theory]
    [InlineData("CN=Lena Brandt,OU=Guests,DC=contoso,DC=com", "Lena Brandt")]
    [InlineData("cn = Lena Brandt , OU=Guests", "Lena Brandt")]
    [InlineData(@"CN=Brandt\, Lena,OU=Guests", "Brandt, Lena")]
    [InlineData(@"CN=\#1 \+ \""Co\"",OU=Guests", "#1 + \"Co\"")]
    [InlineData(@"CN=L\C3\BCdtke,OU=Guests", "Lüdtke")]
    [InlineData(@"CN=Lena\0ACNF:1b2e,OU=Guests", "Lena\nCNF:1b2e")]
    [InlineData("CN=Lena+SN=Brandt,OU=Guests", "Lena")]
    [InlineData("CN=,OU=Guests", "")]
    [InlineData("0e6d8c52-0f6f-4f3c-9a55-3f1d3a6f0001", "0e6d8c52-0f6f-4f3c-9a55-3f1d3a6f0001")]
    [InlineData("Lena <lena@fabrikam.example> = guest", "Lena <lena@fabrikam.example> = guest")]
    [InlineData("", "")]
    public void It_is_the_first_part_as_people_write_it(string objectName, string name) => Assert.Equal(name, CommonName.Of(objectName));
}
