using System.Collections.Immutable;

namespace Analys.Domain;

/// <summary>
/// One computed figure: flat, tidy, the same in C#, JSON, CSV and a notebook table. Shares are fractions of one, money is
/// kronor of a stated year.
/// </summary>
public sealed record Result
{
    /// <summary>The measure.</summary>
    public required Definition Measure { get; init; }

    /// <summary>The area's code or name; null for the whole.</summary>
    public string? Area { get; init; }

    /// <summary>The year, tertial or date; null where the data have none.</summary>
    public string? Period { get; init; }

    /// <summary>Who is measured (<c>0-17</c>, <c>sex=woman</c>); null for everyone.</summary>
    public string? Population { get; init; }

    /// <summary>The group of interest (segregation).</summary>
    public string? Group { get; init; }

    /// <summary>The group it is compared with (segregation).</summary>
    public string? Reference { get; init; }

    /// <summary>The options that were in force, each under the name that its option has.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The value and what is known of it.</summary>
    public required Quantity Value { get; init; }

    /// <summary>The standard error, where one was estimated.</summary>
    public double? StandardError { get; init; }

    /// <summary>The lower end of the interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public double? Upper { get; init; }

    /// <summary>The unit, where it differs from the definition's.</summary>
    public string? UnitOverride { get; init; }

    /// <summary>The unit of <see cref="Value"/>, <see cref="StandardError"/>, <see cref="Lower"/> and <see cref="Upper"/>.</summary>
    public string Unit => UnitOverride ?? Measure.Unit;

    /// <summary>How many persons (or the schema's unit of observation) stand behind the value; null where it is not known.</summary>
    public double? N { get; init; }

    /// <summary>The counts that disclosure control must check before the value may be shown; not part of the record that is printed.</summary>
    public Basis? Basis { get; init; }
}

/// <summary>The counts behind a value, as disclosure control needs them.</summary>
/// <param name="Numerator">Those who have the property (poor, on assistance); null where the measure has none.</param>
/// <param name="Denominator">All who could have it.</param>
/// <param name="Contributors">Households, where they are fewer than persons; null where households are not known.</param>
public sealed record Basis(double? Numerator, double Denominator, double? Contributors = null)
{
    /// <summary>Those who do not have the property; null where the measure has no numerator.</summary>
    public double? Complement => Denominator - Numerator;
}
