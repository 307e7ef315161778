using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Measure.Segregation.Local;

/// <summary>The chance that two persons drawn from the unit are of different groups.</summary>
/// <remarks>1 − Σ_g p_ig² (interaction), or Σ_g p_ig² (the option form=concentration). Swedish: <i>lokalt Simpsonindex</i>. A unit where nobody lives has no value.</remarks>
public static class LocalSimpson
{
    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-simpson", "Local Simpson index", "Lokalt Simpsonindex", "1 − Σ_g p_ig²",
            Units.Index, ValueRange.Unit, "Simpson 1949; Tivadar 2019, Journal of Statistical Software 89(7)"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesGroups = false,
        Options = [new MeasureOption("form", "interaction", "Local Simpson: interaction or concentration")],
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("form", "interaction"),
        Configure = (arguments, _) => arguments.Word("form", "interaction", "concentration") == "interaction" ? Measure! : Measure! with
        {
            Parameters = Measure.Parameters.SetItem("form", "concentration"),
            Formula = (table, values) =>
            {
                Formula(table, values);
                for (var i = 0; i < values.Length; i++) values[i] = values[i].Select(interaction => 1 - interaction);
            },
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(CountTable table, Span<Quantity> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Quantity.Known(table.UnitTotals[i] > 0 ? SimpsonInteraction.Of(table.Unit(i), table.UnitTotals[i]) : 0);
        }
    }
}
