using System.Text;

namespace ChatOps.Core.Contracts.Naming;

/// <summary>How the Ethereum Name Service writes a name as one word (ERC-137): keccak(the hash of what follows the first dot, keccak(the part before it)).</summary>
internal static class NameHash
{
    public static Word Of(string name)
    {
        var node = Word.Zero;
        Span<byte> both = stackalloc byte[2 * Word.Length];
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            node.Write(both);
            Keccak.Hash(Encoding.UTF8.GetBytes(label)).Write(both[Word.Length..]);
            node = Keccak.Hash(both);
        }

        return node;
    }

    /// <summary>Where an address says what it is called (ERC-181).</summary>
    public static Word OfReverse(Address address) => Of($"{Convert.ToHexStringLower(address.ToBytes())}.addr.reverse");
}
