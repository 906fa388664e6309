using System.Text;
using MimHybrid.Graph.Delta;

namespace MimHybrid.Graph.Tests.Delta;

public sealed class DigestTests
{
    private static string Digest(string members, params string[] select)
    {
        using var reader = new DeltaPageReader(select.Length > 0 ? select : ["id", "userType", "displayName", "mail", "businessPhones"]);
        var json = Encoding.UTF8.GetBytes("""{"id":"u","userType":"Guest",""" + members + "}");
        Assert.True(reader.TryReadUser(json, out var user, out var defect), defect);
        Assert.Equal(32, user.Digest.Length);
        return user.Digest;
    }

    [Theory]
    [InlineData(""" "displayName":"Zoë" """, """ "displayName":"Zo\u00eb" """)]
    [InlineData(""" "displayName":"a/b" """, """ "displayName":"a\/b" """)]
    [InlineData(""" "displayName":"a","mail":"b" """, """ "mail":"b","displayName":"a" """)]
    [InlineData(""" "displayName":"a","mail":null """, """ "displayName":"a" """)]
    [InlineData(""" "displayName":"a","other":1 """, """ "displayName":"a","other":2 """)]
    [InlineData(""" "businessPhones":["1", "2"] """, """ "businessPhones":["1","2"] """)]
    [InlineData(""" "displayName":"a" """, """ "displayname":"a" """)]
    public void Equal_values_have_equal_digests(string one, string other) => Assert.Equal(Digest(one), Digest(other));

    [Theory]
    [InlineData(""" "displayName":"a" """, """ "displayName":"A" """)]
    [InlineData(""" "displayName":"a" """, """ "mail":"a" """)]
    [InlineData(""" "displayName":"ab","mail":"c" """, """ "displayName":"a","mail":"bc" """)]
    [InlineData(""" "displayName":"" """, """ "displayName":null """)]
    [InlineData(""" "displayName":"null" """, """ "displayName":null """)]
    [InlineData(""" "displayName":"1" """, """ "displayName":1 """)]
    [InlineData(""" "businessPhones":["1","2"] """, """ "businessPhones":["12"] """)]
    [InlineData(""" "displayName":"half \ud83d" """, """ "displayName":"half \ud83e" """)]
    public void Different_values_have_different_digests(string one, string other) => Assert.NotEqual(Digest(one), Digest(other));

    [Fact]
    public void Id_and_user_type_are_no_part_of_it() =>
        Assert.Equal(Digest(""" "mail":"a" """, "id", "userType", "mail"), Digest(""" "mail":"a" """, "userType", "mail", "id"));
}
