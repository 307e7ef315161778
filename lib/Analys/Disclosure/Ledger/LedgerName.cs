using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>What a ledger knows a count by: what is counted, by which line, at which ages, and what else narrows it.</summary>
/// <remarks>
/// Its key is the hash of all but ages and line, with ages and a hash of the line beside it: <c>3f…@0-17/9c…</c>. So a ledger without names still sees
/// that 0–16 lies within 0–17 and that two lines count some of the same persons. A difference has both: <c>3f…@0-17~6-12</c>, <c>3f…@0-17/9c…~a1…</c>.
/// </remarks>
/// <param name="What">What is counted.</param>
/// <param name="Variant">The line and the rules by which a person is counted; empty where there is no choice.</param>
/// <param name="Ages">The ages.</param>
/// <param name="Narrowing">Each other property of the persons counted, as <c>sex=woman</c>.</param>
internal sealed record LedgerName(string What, string Variant, AgeSpan Ages, ImmutableSortedSet<string> Narrowing)
{
    private const int Short = 12;
    private static readonly char[] Breaks = ['\n', '\r', Difference];

    /// <summary>Stands between the two counts of a difference.</summary>
    public const char Difference = '~';

    /// <summary>All ages.</summary>
    public static AgeSpan AllAges { get; } = new(0, null);

    /// <summary>Ages that are taken away from <see cref="Ages"/> and do not end where they end.</summary>
    public AgeSpan? LessAges { get; init; }

    /// <summary>The line whose poor are taken away from those of <see cref="Variant"/>, or the other way round.</summary>
    public string? LessVariant { get; init; }

    /// <summary>The name as one text: what, line, ages and what narrows it, a line each.</summary>
    public override string ToString() => string.Join('\n', (string[])[
        Clean(What),
        LessVariant is null ? Clean(Variant) : $"{Clean(Variant)}{Difference}{Clean(LessVariant)}",
        LessAges is { } less ? $"{Ages}{Difference}{less}" : Ages.ToString(),
        .. Narrowing.Select(Clean)]);

    /// <summary>The key of a name.</summary>
    /// <param name="source">The hash of the source: the same cell of another source has another key.</param>
    /// <param name="name">The name; a text of another form is hashed as it is.</param>
    public static string Key(string source, string name)
    {
        var lines = name.Split('\n');
        if (lines.Length < 3) return $"{CellIdentity.Hash(source, name)}@{AllAges}";
        var stem = CellIdentity.Hash(source, string.Join('\n', lines.Where((_, i) => i is not (1 or 2))));
        string[] variants = [.. lines[1].Split(Difference).Select(one => one.Length == 0 ? "" : CellIdentity.Hash(source, one)[..Short])];
        Array.Sort(variants, StringComparer.Ordinal);
        return Key(stem, lines[2], string.Join(Difference, variants));
    }

    /// <summary>Puts a key together.</summary>
    public static string Key(string stem, string ages, string variant) => variant.Length == 0 ? $"{stem}@{ages}" : $"{stem}@{ages}/{variant}";

    /// <summary>Whether a key is that of a difference.</summary>
    public static bool IsDifference(string key) => key.Contains(Difference, StringComparison.Ordinal);

    /// <summary>Takes a key apart.</summary>
    public static (string Stem, string Ages, string Variant) Parts(string key)
    {
        var at = key.IndexOf('@', StringComparison.Ordinal);
        var slash = key.IndexOf('/', at + 1);
        return slash < 0 ? (key[..at], key[(at + 1)..], "") : (key[..at], key[(at + 1)..slash], key[(slash + 1)..]);
    }

    private static string Clean(string text) => text.IndexOfAny(Breaks) < 0 ? text : string.Concat(text.Select(c => Array.IndexOf(Breaks, c) < 0 ? c : ' '));
}
