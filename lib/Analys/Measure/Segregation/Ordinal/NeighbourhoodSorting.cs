using Analys.Domain;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>How much of the variation of income lies between units.</summary>
/// <remarks>
/// NSI = σ_N / σ_H, the standard deviation of the units' means over that of the households, from counts in brackets and the income that stands
/// for each bracket (the option values). From 0 to 1. Swedish: <i>områdessorteringsindex</i>.
/// </remarks>
public static class NeighbourhoodSorting
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "neighbourhood-sorting", "Neighbourhood sorting index", "Områdessorteringsindex", "NSI = √(Σ_i t_i (m_i − m)² / Σ_i Σ_g n_ig (v_g − m)²)",
            Units.Index, ValueRange.Unit, "Jargowsky 1996, American Sociological Review 61(6)"),
        _ => Quantity.Undefined("the option values is not given"))
    {
        Ordered = true,
        Options = [new MeasureOption("values", null, "Neighbourhood sorting: the income that stands for each group, comma-separated in the groups' order")],
        Configure = (arguments, counts) =>
        {
            if (arguments.Numbers("values") is not { } values) return Measure!;
            if (values.Length != counts.Groups.Length) throw new MeasureOptionException("The option values must have one number for each group.");
            return Measure! with
            {
                Formula = table => Formula(table, values),
                Parameters = Measure.Parameters.Add("values", string.Join(',', values.Select(MeasureArguments.Text))),
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons or households by unit and bracket; somebody in it.</param>
    /// <param name="values">The income that stands for each bracket.</param>
    public static Quantity Formula(CountTable table, ReadOnlySpan<double> values)
    {
        double mean = 0, all = 0, between = 0;
        for (var g = 0; g < table.Groups; g++) mean += table.GroupTotals[g] / table.Total * values[g];
        for (var g = 0; g < table.Groups; g++) all += table.GroupTotals[g] / table.Total * (values[g] - mean) * (values[g] - mean);
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] == 0) continue;
            var unit = 0.0;
            var row = table.Unit(i);
            for (var g = 0; g < row.Length; g++) unit += row[g] / table.UnitTotals[i] * (values[g] - mean);
            between += table.UnitTotals[i] / table.Total * unit * unit;
        }

        return all == 0 ? Quantity.Undefined("everyone has the same value") : Quantity.Known(Math.Min(1, Math.Sqrt(between / all)));
    }
}
