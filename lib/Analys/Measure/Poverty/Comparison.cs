using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Poverty;

/// <summary>What is compared with what, beside the values themselves.</summary>
/// <remarks>
/// Without replicates or linearised variance a difference of two shares has Newcombe's interval, which takes the two as independent: for two years of
/// one panel it is too wide, and an area and the whole that it is part of have none. The bootstrap draws the same households on both sides.
/// </remarks>
/// <param name="Reference">The area that each area is compared with, or <see cref="Whole"/>; null for no comparison of areas.</param>
/// <param name="Change">Whether each period is compared with the one before.</param>
/// <param name="Poorest">For each k, the share of the poor who live in the k areas with the highest poverty.</param>
public sealed record Comparison(string? Reference, bool Change, ImmutableArray<int> Poorest)
{
    /// <summary>The name of the whole population as a reference.</summary>
    public const string Whole = "whole";

    /// <summary>Nothing is compared.</summary>
    public static Comparison None { get; } = new(null, false, []);

    /// <summary>The value of an area less that of the reference.</summary>
    public static Definition Difference { get; } = new(
        "difference", "Difference between areas", "Skillnad mellan områden", "θ(area) − θ(reference)", Units.Index, ValueRange.Any, "Newcombe 1998, Statistics in Medicine 17(8) (interval of shares)");

    /// <summary>The value of an area over that of the reference.</summary>
    public static Definition Ratio { get; } = new(
        "ratio", "Ratio between areas", "Kvot mellan områden", "θ(area) / θ(reference)", Units.Ratio, ValueRange.Any, "Rothman, Greenland & Lash 2008, Modern Epidemiology, 3rd ed.");

    /// <summary>The part of the poverty that would not be if all areas had the share of the reference, or of the area with the lowest.</summary>
    public static Definition AttributableShare { get; } = new(
        "population-attributable-share", "Population attributable share", "Etiologisk fraktion i befolkningen", "(θ − θ_reference) / θ", Units.Share, new ValueRange(double.NegativeInfinity, 1), "Levin 1953; Mackenbach & Kunst 1997, Social Science & Medicine 44(6)");

    /// <summary>Where the poor live.</summary>
    public static Definition PoorestAreas { get; } = new(
        "poor-in-poorest-areas", "Share of the poor who live in the k poorest areas", "Andel av de fattiga som bor i de k fattigaste områdena", "Σ poor in the k areas with the highest share / Σ poor", Units.Share, ValueRange.Unit, "Jargowsky 1997, Poverty and Place");

    /// <summary>The value of a period less that of the period before.</summary>
    public static Definition ChangeOverTime { get; } = new(
        "change", "Change since the period before", "Förändring sedan föregående period", "θ(t) − θ(t − 1)", Units.Index, ValueRange.Any, "Newcombe 1998, Statistics in Medicine 17(8) (interval of shares)");
}
