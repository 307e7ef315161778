using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Analys.Disclosure.CellKey;

/// <summary>A random number of every person, always the same: drawn from a secret seed and the person's own key, so that it need not be
/// kept.</summary>
/// <remarks>
/// HMAC-SHA-256 of the person's key under the seed, of which the first 32 bits are the number r in [0, 1) in units of 2^−32. The key of
/// a cell is the sum of its persons' numbers modulo 1: whole numbers that wrap at 2^32, so the order of adding does not matter and parts
/// of a table that lies on several servers add up (a 64-bit sum holds 2^32 persons; take it modulo 2^32 at the end). Whoever does not
/// have the seed cannot tell a cell's key from its persons. Source: B. Fraser, J. Wooton, <i>A proposed method for confidentialising
/// tabular output to protect against differencing</i> (UNECE/Eurostat work session 2005); S. Giessing, R. Tent, <i>Concepts for
/// generalising tools implementing the cell key method</i> (2019). Swedish: <i>cellnyckelmetoden</i>.
/// </remarks>
internal sealed class PersonKeys
{
    /// <summary>The fewest bytes of a seed.</summary>
    public const int SeedBytes = 16;

    private readonly byte[] seed;

    /// <summary>Keys of one seed.</summary>
    /// <param name="seed">Secret, at least 16 bytes, kept as long as tables of the register are released.</param>
    /// <exception cref="ArgumentException">The seed is too short to be secret.</exception>
    public PersonKeys(ReadOnlySpan<byte> seed)
    {
        if (seed.Length < SeedBytes) throw new ArgumentException($"A seed has at least {SeedBytes} bytes.", nameof(seed));
        this.seed = seed.ToArray();
    }

    /// <summary>The number of a person, in units of 2^−32.</summary>
    /// <param name="person">The person's key in the register.</param>
    public uint Of(string person) => Of(Encoding.UTF8.GetBytes(person));

    /// <inheritdoc cref="Of(string)"/>
    public uint Of(ReadOnlySpan<byte> person)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(seed, person, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>The key of a cell from its persons' numbers.</summary>
    public static uint CellOf(IEnumerable<uint> persons)
    {
        var sum = 0u;
        foreach (var one in persons) sum = unchecked(sum + one);
        return sum;
    }

    /// <summary>The key of a cell from a sum that a database has made in 64 bits.</summary>
    public static uint CellOf(long sum) => unchecked((uint)sum);
}
