using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Analys.Disclosure.Ledgers;

/// <summary>Holds the lines of a ledger together: each carries the hash of all before it, and a head outside says how many there are and
/// how the last one ends.</summary>
/// <remarks>A line that is changed, moved, left out or cut off is noticed, and so is a ledger that was emptied or taken away while its
/// head stands. Whoever removes both starts anew: that a ledger should be there, only its owner knows.</remarks>
/// <param name="Count">How many lines there are.</param>
/// <param name="Link">The hash of the last; of an empty ledger that of nothing.</param>
internal sealed record LedgerChain(long Count, string Link)
{
    /// <summary>The chain before the first line.</summary>
    public static LedgerChain Empty { get; } = new(0, Hash("analys ledger"));

    /// <summary>The chain with one more line.</summary>
    /// <param name="line">The line without its link.</param>
    public LedgerChain With(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new(Count + 1, Hash($"{Count + 1}\n{Link}\n{line}"));
    }

    /// <summary>The chain over lines, and the first that does not carry the hash of those before it.</summary>
    /// <param name="lines">Each line with the link that it carries.</param>
    /// <returns>The chain up to that line, and its number from 1; 0 where all hold.</returns>
    public static (LedgerChain Chain, long Broken) Of(IEnumerable<(string Line, string Link)> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var chain = Empty;
        foreach (var (line, link) in lines)
        {
            var next = chain.With(line);
            if (next.Link != link) return (chain, next.Count);
            chain = next;
        }

        return (chain, 0);
    }

    /// <summary>What is wrong with a ledger by its head; null where they agree.</summary>
    /// <param name="head">The head that was kept; null where none was.</param>
    public string? Against(LedgerChain? head) => head switch
    {
        null when Count > 0 => "the ledger's head is missing",
        null => null,
        _ when Count < head.Count =>
            string.Create(CultureInfo.InvariantCulture, $"the ledger has {Count} of {head.Count} releases: it was cut off or emptied"),
        _ when Count > head.Count || Link != head.Link => "the ledger and its head are not of one another",
        _ => null,
    };

    /// <summary>The head as the text of its file.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Link}\n");

    /// <summary>Reads a head.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static LedgerChain Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim().Split(' ') is [var count, { Length: 64 } link] && long.TryParse(count, NumberStyles.None,
            CultureInfo.InvariantCulture, out var lines) && link.All(char.IsAsciiHexDigitLower)
            ? new(lines, link)
            : throw new FormatException("A ledger's head is a number of releases and a hash.");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
