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
    private readonly bool counties;

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
        string[] plain = [.. names.Select(ColumnMeaning.Plain)];
        List<string> candidates = districts * 2 > names.Length
            ? [.. plain.Where(name => name is "stockholm" or "stockholms stad" or "stockholms kommun")]
            : names.Length > 2 ? [.. plain.Where(name => Municipalities.Value.Contains(Bare(name)) && about.Contains(name.Split(' ')[0]))]
                : [];
        // Among areas that are no municipalities the one that has a municipality's name is theirs, or says that it is one.
        if (candidates.Count != 1 && names.Length > 2 && plain.Where(IsOne).ToList() is [var stated]) candidates = [stated];
        var others = plain.Where(name => !Municipalities.Value.Contains(Bare(name)) && !IsBeyond(name)).ToList();
        if (candidates.Count == 0 && names.Length > 2 && plain.Where(name =>
            Municipalities.Value.Contains(Bare(name))).ToList() is [var own]
            && others.Count >= 2) candidates = [own];
        // A table of one area tells of it alone; of one of Stockholm's districts it tells of a part.
        if (districts == 0 && plain.Where(name => !IsBeyond(name)).ToList() is [var only]) candidates = [only];
        counties = plain.Count(IsCounty) * 2 > plain.Length;
        municipality = candidates.Count == 1 ? candidates[0] : null;
        Municipality = names.FirstOrDefault(name => ColumnMeaning.Plain(name) == municipality);
    }

    /// <summary>Whether a word is a municipality's name.</summary>
    public static bool IsMunicipality(string name) => Municipalities.Value.Contains(Bare(ColumnMeaning.Plain(name)));

    /// <summary>The municipality of which a word is the name, with or without marks: <c>umea</c> is Umeå; null for none.</summary>
    public static string? MunicipalityOf(string word) => Spelled.Value.GetValueOrDefault(ColumnMeaning.Plain(word));

    private static readonly Lazy<Dictionary<string, string>> Spelled = new(() =>
        Names().DistinctBy(ColumnMeaning.Plain).ToDictionary(ColumnMeaning.Plain, name => name));

    private static bool IsOne(string name) => name.EndsWith(" kommun", StringComparison.Ordinal)
        || name.EndsWith(" stad", StringComparison.Ordinal);

    private static bool IsCounty(string name) => name.EndsWith(" lan", StringComparison.Ordinal)
        || name.EndsWith(" county", StringComparison.Ordinal);

    // Rows of a table that are wider than any area of a municipality.
    private static bool IsBeyond(string name) => Countries.Contains(name) || IsCounty(name);

    // Persons that no area has.
    private static bool IsNowhere(string name) => name is "okant" or "okand" or "ofordelat" or "ofordelade" or "restforda" or "rest"
        or "uppgift saknas" or "ej fordelat" or "ovrigt" or "ovriga" or "unknown" or "not known";

    /// <summary>The name of the municipality among the rows; null where none is.</summary>
    public string? Municipality { get; }

    // Göteborgs stad and Göteborgs kommun are Göteborg.
    private static string Bare(string name) => name.Split(' ') is [.., "stad" or "kommun"] words
        ? string.Join(' ', words[..^1]) is var stem && Municipalities.Value.Contains(stem) ? stem : stem.TrimEnd('s')
        : name;

    private static readonly Lazy<HashSet<string>> Municipalities = new(() => [.. Names().Select(ColumnMeaning.Plain)]);

    private static string[] Names()
    {
        using var reader = new StreamReader(typeof(RowNames).Assembly.GetManifestResourceStream("kommuner.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

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
        if ((IsCounty(plain) && !counties) || IsNowhere(plain)) return Kind.Sum;
        return totals.Contains(plain) || Geography.Stockholm.Regions.Any(region => ColumnMeaning.Plain(region) == plain) ? Kind.Sum
            : Kind.Area;
    }
}
