using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Tests.Core.Contracts;

/// <summary>Lists of addresses, whatever their columns are called.</summary>
public sealed class WatchImportTests
{
    [Theory]
    [InlineData("Address,Name Tag,Note\n0x744d70FDBE2Ba4CF95131626614a1763DF805B9E,SNT,\"the token, itself\"", "SNT", "the token  itself")]
    [InlineData("\ufeff\"No\",\"Note\",\"Label\",\"Addr\"\r\n1,hi,SNT,0x744d70fdbe2ba4cf95131626614a1763df805b9e\r\n", "SNT", "hi")]
    [InlineData("tag;0x\nSNT;0x744d70FDBE2Ba4CF95131626614a1763DF805B9E", null, null)]
    [InlineData("0x744d70FDBE2Ba4CF95131626614a1763DF805B9E", null, null)]
    [InlineData("Wallet\tDescription\n0x744d70FDBE2Ba4CF95131626614a1763DF805B9E\tmain", null, "main")]
    public void Addresses_are_found_by_what_is_in_the_column(string csv, string? label, string? note)
    {
        var row = Assert.Single(WatchImport.Read(csv).Rows);
        Assert.Equal("0x744d70FDBE2Ba4CF95131626614a1763DF805B9E", row.Address.ToString());
        Assert.Equal((label, note), (row.Label, row.Note));
    }

    [Fact]
    public void What_could_not_be_read_is_said_by_line()
    {
        var read = WatchImport.Read("address,label\n0x744d70FDBE2Ba4CF95131626614a1763DF805B9E,SNT\n0x744d70FDBE2Ba4CF95131626614a1763DF805B9f,typing error\nnothing");
        Assert.Single(read.Rows);
        Assert.Equal(["line 3: \"0x744d70FDBE2Ba4CF95131626614a1763DF805B9f\" fails its checksum", "line 4: \"nothing\" is not an address"], read.Faults);
        Assert.Equal("\"address\" has the addresses, \"label\" the labels.", read.Words);
        Assert.Equal("There is no address in it: 0x and 40 hexadecimal digits.", WatchImport.Read("a,b\n1,2").Words);
    }
}
