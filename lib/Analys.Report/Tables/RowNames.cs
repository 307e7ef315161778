using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Report.Tables;

/// <summary>Which rows of a table are areas, which the whole, which the country and which other sums.</summary>
internal sealed class RowNames
{
    private static readonly string[] WholeWords = ["hela", "totalt", "total", "samtliga", "summa", "kommunen", "staden", "alla", "whole",
        "all"];
    private static readonly string[] Countries = ["riket", "sverige", "hela riket", "hela landet", "sweden", "00"];
    private readonly HashSet<string> totals;
    private readonly string? municipality;

    /// <summary>Looks at a table's rows.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="file">Its file, which may name the municipality.</param>
    public RowNames(Extract extract, string file)
    {
        totals = [.. extract.Schema.Totals.Select(ColumnMeaning.Plain)];
        string[] names = [.. (extract.Columns.FirstOrDefault(column => column.Field.Role == Role.Area) as TextColumn)?.Categories ?? []];
        var districts = names.Count(name => Geography.Stockholm.Divisions.Any(division => division.Find(name) is not null));
        var about = ColumnMeaning.Plain($"{extract.Schema.Title} {file}")
            .Split([' ', '-', '_', '.', ','], StringSplitOptions.RemoveEmptyEntries);
        // Stockholm is the whole among its districts and one of many among municipalities; another municipality is named by the file's
        // title.
        var candidates = names.Select(ColumnMeaning.Plain).Where(name =>
            districts * 2 > names.Length ? name is "stockholm" or "stockholms stad" or "stockholms kommun" : names.Length > 2
                && about.Contains(name.Split(' ')[0])).ToList();
        // Among areas that are no municipalities the one that has a municipality's name is theirs.
        var others = names.Select(ColumnMeaning.Plain).Where(name => !Municipalities.Value.Contains(Bare(name))).ToList();
        if (candidates.Count == 0 && names.Length > 2 && others.Count == names.Length - 1)
            candidates = [.. names.Select(ColumnMeaning.Plain).Except(others)];
        municipality = candidates.Count == 1 ? candidates[0] : null;
        Municipality = names.FirstOrDefault(name => ColumnMeaning.Plain(name) == municipality);
    }

    /// <summary>The name of the municipality among the rows; null where none is.</summary>
    public string? Municipality { get; }

    // Göteborgs stad and Göteborgs kommun are Göteborg.
    private static string Bare(string name) => name.Split(' ') is [.., "stad" or "kommun"] words
        ? string.Join(' ', words[..^1]) is var stem && Municipalities.Value.Contains(stem) ? stem : stem.TrimEnd('s')
        : name;

    private static readonly Lazy<HashSet<string>> Municipalities = new(() =>
    {
        using var reader = new StreamReader(typeof(RowNames).Assembly.GetManifestResourceStream("kommuner.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(ColumnMeaning.Plain)];
    });

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
        if (WholeWords.Contains(first) || plain == municipality) return Kind.Whole;
        return totals.Contains(plain) || Geography.Stockholm.Regions.Any(region => ColumnMeaning.Plain(region) == plain) ? Kind.Sum
            : Kind.Area;
    }
}
