using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Judging;

namespace ChatOps.Tests.Core.Contracts.Judging;

/// <summary>Who has signed what a Safe carries out.</summary>
public sealed class SafeSignatureTests
{
    // The example of EIP-155: signed by the key of 32 times 0x46, whose address is known everywhere.
    private static readonly Word Hash = Word.Parse("0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
    private static readonly Address Signer = Address.Parse("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
    private static readonly byte[] Signature = Convert.FromHexString("28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa63627667cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d831b");

    [Fact]
    public void A_signature_gives_its_signer() => Assert.Equal([Signer], SafeSignatures.Signers(Hash, Signature));

    [Fact]
    public void Contracts_and_approved_hashes_name_their_owner_and_what_stands_behind_is_no_signature()
    {
        var approved = Address.Parse("0x00000000000000000000000000000000000000a1");
        var contract = Address.Parse("0x00000000000000000000000000000000000000c0");
        byte[] three =
        [
            .. Word.Of(approved).ToBytes(), .. new byte[32], 1,
            .. Word.Of(contract).ToBytes(), .. Word.Of(new System.Numerics.BigInteger(195)).ToBytes(), 0,
            .. Signature,
            .. Word.Of(new System.Numerics.BigInteger(65)).ToBytes(), .. Signature,
        ];
        Assert.Equal([approved, contract, Signer], SafeSignatures.Signers(Hash, three));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1b")]
    public void What_is_no_signature_has_no_signer(string hex)
    {
        Assert.Empty(SafeSignatures.Signers(Hash, Convert.FromHexString(hex)));
        Assert.Empty(SafeSignatures.Signers(Hash, [.. Enumerable.Repeat((byte)0xff, 64), 27]));
        Assert.Empty(SafeSignatures.Signers(Hash, [.. Signature[..64], 29]));
        Assert.Empty(SafeSignatures.Signers(Hash, new byte[65 * 3]).Where(signer => !signer.IsZero));
    }
}
