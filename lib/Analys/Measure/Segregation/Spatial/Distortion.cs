using System.Runtime.Intrinsics;
using Analys.Measure.Inference;
using Analys.Measure.Space;
using MathNet.Numerics.Integration;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>The mean over all people of the distortion of their unit: how long the city, seen from home outwards, stays unlike the
/// whole.</summary>
/// <remarks>Σ t_i Δ_i / T, Δ as in <see cref="LocalDistortion"/>. Swedish: <i>distorsion</i>.</remarks>
internal static class Distortion
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = SpatialCall.Multigroup(
        new Definition(
            "distortion", "Distortion coefficient", "Distorsion",
            "Σ t_i Δ_i / T, Δ_i = ∫₀¹ max_{r ≥ s} KL_i(r) ds over that of the most segregated case",
            Units.Index, ValueRange.NonNegative, "Olteanu, Randon-Furling & Clark 2019, PNAS 116(25)"),
        [LocalDistortion.Scale],
        call =>
        {
            var normalised = call.Word(LocalDistortion.Scale.Name, "normalised", "area") == "normalised";
            if (call.Lacks(points: true) is { } lack) return (null, lack);
            var (x, y) = (call.Geography.X, call.Geography.Y);
            return (table => Formula(table, x, y, normalised), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group.</param>
    /// <param name="x">East coordinates in metres.</param>
    /// <param name="y">North coordinates in metres.</param>
    /// <param name="normalised">Whether to divide by the most segregated case.</param>
    public static Quantity Formula(CountTable table, double[] x, double[] y, bool normalised)
    {
        var areas = Egocentric.Areas(table, x, y);
        var mean = 0.0;
        for (var i = 0; i < areas.Length; i++)
        {
            if (table.UnitTotals[i] > 0) mean += table.UnitTotals[i] / table.Total * areas[i];
        }

        return Quantity.Ratio(mean, normalised ? Egocentric.Worst(table.GroupTotals) : 1, UndefinedReason.OneGroup);
    }
}

/// <summary>How long the city looked at from a unit, ever farther outwards, stays unlike the whole.</summary>
/// <remarks>
/// KL(s) = Σ_g q_g ln(q_g / P_g) is the divergence of the nearest share s of the population from the whole. The focal distance of a level
/// of divergence is the last s at which it is exceeded; the distortion is the area under focal distances over all levels, ∫₀¹ max_{r ≥ s}
/// KL(r) ds. Normalised it is divided by that of the worst case: groups in ghettos ordered by size, seen from the smallest. From 0 to 1;
/// not normalised in nats. Units at one distance are taken together. Swedish: <i>lokal distorsion</i>.
/// </remarks>
internal static class LocalDistortion
{
    internal static MeasureOption Scale { get; } =
        new("distortion", "normalised", "Distortion: normalised by the most segregated case, or the area in nats");

    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-distortion", "Local distortion coefficient", "Lokal distorsion",
            "∫₀¹ max_{r ≥ s} KL_i(r) ds, over that of the most segregated case",
            Units.Index, ValueRange.NonNegative, "Olteanu, Randon-Furling & Clark 2019, PNAS 116(25)"),
        (_, _) => throw new MeasureOptionException("local-distortion needs geography."))
    {
        NeedsGeography = true,
        Options = [Scale],
        Configure = (arguments, counts) =>
        {
            var call = new SpatialCall("local-distortion", arguments, counts);
            var normalised = call.Word(Scale.Name, "normalised", "area") == "normalised";
            var (x, y, lack) = (call.Geography.X, call.Geography.Y, call.Lacks(points: true));
            return Measure! with
            {
                Formula = (table, values) =>
                {
                    if (lack is null) Formula(table, x, y, normalised, values);
                    else values.Fill(Quantity.Undefined(lack));
                },
                Parameters = call.Parameters,
                UnitOverride = normalised ? null : Units.Nats,
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group.</param>
    /// <param name="x">East coordinates in metres.</param>
    /// <param name="y">North coordinates in metres.</param>
    /// <param name="normalised">Whether to divide by the most segregated case.</param>
    /// <param name="values">One value per unit.</param>
    public static void Formula(CountTable table, double[] x, double[] y, bool normalised, Span<Quantity> values)
    {
        var areas = Egocentric.Areas(table, x, y);
        var worst = normalised ? Egocentric.Worst(table.GroupTotals) : 1;
        for (var i = 0; i < areas.Length; i++)
        {
            values[i] = double.IsNaN(areas[i]) ? Quantity.Undefined(UndefinedReason.EmptyUnit)
                : Quantity.Ratio(areas[i], worst, UndefinedReason.OneGroup);
        }
    }
}
