using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Report.Tables;

/// <summary>Which rows of a table are areas, which the whole, which the country and which other sums.</summary>
internal sealed class RowNames(TableSchema schema)
{
    private static readonly string[] WholeWords = ["hela", "totalt", "total", "samtliga", "summa", "kommunen", "staden", "alla", "whole", "all"];
    private static readonly string[] Countries = ["riket", "sverige", "hela riket", "hela landet", "sweden", "00"];
    private readonly HashSet<string> totals = [.. schema.Totals.Select(ColumnMeaning.Plain)];

    /// <summary>What a row stands for.</summary>
    internal enum Kind
    {
        /// <summary>An area that is compared with others.</summary>
        Area,

        /// <summary>The municipality.</summary>
        Whole,

        /// <summary>The country.</summary>
        Country,

        /// <summary>A sum of some of the areas.</summary>
        Sum,
    }

    /// <summary>What a row of this name stands for.</summary>
    /// <param name="name">The name; null for the whole.</param>
    public Kind Of(string? name)
    {
        if (name is null || name == Geography.Stockholm.City) return Kind.Whole;
        var plain = ColumnMeaning.Plain(name).Trim();
        if (Countries.Contains(plain)) return Kind.Country;
        var first = plain.Split(' ')[0];
        if (WholeWords.Contains(first)) return Kind.Whole;
        return totals.Contains(plain) || Geography.Stockholm.Regions.Any(region => ColumnMeaning.Plain(region) == plain) ? Kind.Sum : Kind.Area;
    }
}
