using Analys.Domain;

namespace Analys.Present.Figures;

/// <summary>What tells the series of a figure apart, where the caller does not say.</summary>
internal static class SeriesName
{
    public static Func<Result, string> Of(IReadOnlyList<Result> rows, Func<Result, string>? chosen, FigureOptions options, bool period = false)
    {
        if (chosen is not null) return chosen;
        if (period && Differs(row => row.Period)) return row => row.Period ?? "";
        if (!period && Differs(options.LabelOf)) return options.LabelOf;
        if (Differs(row => row.Population)) return row => Words.Population(row.Population, options.Language) ?? "";
        if (Differs(row => row.Group)) return row => row.Group ?? "";
        if (Differs(row => row.Measure.Id)) return row => options.NameOf(row.Measure);
        return period ? row => row.Period ?? "" : options.LabelOf;

        bool Differs(Func<Result, string?> part) => rows.Select(part).OfType<string>().Distinct().Skip(1).Any();
    }
}
