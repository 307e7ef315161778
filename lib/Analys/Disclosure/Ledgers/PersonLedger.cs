using System.Security.Cryptography;
using System.Text;

namespace Analys.Disclosure.Ledgers;

/// <summary>Recognises the persons of an earlier source in another file.</summary>
/// <remarks>
/// The rows of both are compared by pairs of columns of the same names (<see cref="PersonSketch"/>). Where at least seven of ten rows of
/// the smaller are in the larger by any pair, they are the same persons: a file in another order, with other columns, in another format,
/// a part of it, or with another year beside it; columns called otherwise, where the key is no mere serial number or what stands in
/// them is the same. A file of which less is found is another source; so is one of which somebody says so, in words that the ledger keeps.
/// </remarks>
internal static class PersonLedger
{
    /// <summary>The share of the smaller source's rows that makes two sources one.</summary>
    public const double Same = 0.7;

    private const int KeyBytes = 16;

    /// <summary>The entry of a source that the ledger has not seen: as itself, or under the earlier one whose persons it holds.</summary>
    /// <param name="ledger">The releases so far.</param>
    /// <param name="source">The hash of the source.</param>
    /// <param name="persons">What tells its rows apart.</param>
    /// <param name="because">Why it is another source whatever it holds; null for none.</param>
    public static LedgerEntry Recognise(ReleaseLedger ledger, string source, SourcePersons persons, string? because)
    {
        var known = ledger.Entries.FirstOrDefault(entry => entry.Key is not null)?.Key;
        var key = known ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        var secret = Encoding.UTF8.GetBytes(key);
        var sketches = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (columns, rows) in persons.Keys()) sketches.TryAdd(NameOf(columns, secret), PersonSketch.Of(rows, secret).ToString());
        var earlier = because is null ? ledger.Entries.FirstOrDefault(entry => entry.Persons is { } other && AreSame(sketches, other))
            : null;
        return new LedgerEntry
        {
            Extract = earlier is null ? source : ledger.OriginOf(earlier.Extract),
            Release = earlier is null ? "persons" : "the same persons",
            LoadedInto = earlier is null ? null : source,
            Because = because,
            Persons = sketches,
            Key = known is null ? key : null,
            Cells = new Dictionary<string, char>(),
            Equations = [],
        };
    }

    // Weak ones, of which strangers with the same serial numbers agree too often, speak only where nothing else can.
    private static bool AreSame(IReadOnlyDictionary<string, string> mine, IReadOnlyDictionary<string, string> other)
    {
        var common = mine.Keys.Where(other.ContainsKey).ToLookup(IsWeak);
        return (common[false].Any() ? common[false] : common[true]).Any(columns =>
            PersonSketch.Parse(mine[columns]).Overlap(PersonSketch.Parse(other[columns])).Containment >= Same);
    }

    private static bool IsWeak(string name) => name.StartsWith(SourcePersons.Weak, StringComparison.Ordinal);

    private static string NameOf(string columns, byte[] secret) => (IsWeak(columns) ? SourcePersons.Weak : "") +
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(columns)))[..16];
}
