using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>What narrows a population, in the form in which different tables say it alike.</summary>
/// <remarks>
/// A population is written <c>0-17, sex=woman</c>. Ages are taken together; a value that is a district or a region of the city is an area whatever its
/// column is called, so that divisions side by side meet.
/// </remarks>
internal static class Narrowing
{
    private const string Area = "area";
    private static readonly HashSet<string> OfAges = new(StringComparer.OrdinalIgnoreCase) { "", "age", "ageGroup" };

    /// <summary>The ages and what else narrows.</summary>
    /// <param name="values">Columns and values; an age span that stands alone has no column.</param>
    public static (AgeSpan Ages, ImmutableSortedSet<string> Others) Of(IEnumerable<(string Column, string Value)> values)
    {
        var ages = LedgerName.AllAges;
        var others = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var (column, value) in values)
        {
            if (OfAges.Contains(column) && Span(value) is { } span && Within(ages, span) is { } both) ages = both;
            else if (AreaSums.IsKnown(value)) others.Add($"{Area}={AreaSums.Known(value)}");
            else others.Add($"{column}={value}");
        }

        return (ages, others.ToImmutable());
    }

    /// <summary>The parts of a population as it is written.</summary>
    public static IEnumerable<(string Column, string Value)> Parts(string population)
    {
        foreach (var part in population.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            yield return at > 0 ? (part[..at], part[(at + 1)..]) : ("", part);
        }
    }

    /// <summary>Whether the values of a column are ages.</summary>
    public static bool IsOfAges(string column) => OfAges.Contains(column);

    /// <summary>The narrowing by an area; none for the whole.</summary>
    public static IEnumerable<(string Column, string Value)> OfArea(string area) => area == TableCell.Total ? [] : [(Area, area)];

    /// <summary>A span of ages; null where the text is not one.</summary>
    public static AgeSpan? Span(string text)
    {
        try
        {
            return AgeSpan.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The ages in both; null where there are none.</summary>
    public static AgeSpan? Within(AgeSpan a, AgeSpan b)
    {
        var from = Math.Max(a.From, b.From);
        var to = a.To is { } x && b.To is { } y ? Math.Min(x, y) : a.To ?? b.To;
        return to < from ? null : new AgeSpan(from, to);
    }
}
