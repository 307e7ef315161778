namespace Analys.Domain;

/// <summary>What a measure is: the same words in the command, the report, the README and the notebooks.</summary>
/// <param name="Id">The id of the command and of the result records, in kebab case.</param>
/// <param name="Name">The standard English name.</param>
/// <param name="Swedish">The Swedish name.</param>
/// <param name="Formula">The formula in plain text; symbols are explained in it.</param>
/// <param name="Unit">The unit of the values, one of <see cref="Units"/>.</param>
/// <param name="Range">The smallest and largest value that the formula can give.</param>
/// <param name="Citation">The paper, law or publication that defines it.</param>
public sealed record Definition(
    string Id, string Name, string Swedish, string Formula, string Unit, ValueRange Range, string Citation)
{
    /// <summary>The formula for a Swedish reader, where <see cref="Formula"/> is in words; null where it is in symbols.</summary>
    public string? SwedishFormula { get; init; }
}

/// <summary>The smallest and the largest possible value; infinite where there is no bound.</summary>
/// <param name="Min">The smallest possible value.</param>
/// <param name="Max">The largest possible value.</param>
public readonly record struct ValueRange(double Min, double Max)
{
    /// <summary>From 0 to 1.</summary>
    public static ValueRange Unit { get; } = new(0, 1);

    /// <summary>From 0 upwards.</summary>
    public static ValueRange NonNegative { get; } = new(0, double.PositiveInfinity);

    /// <summary>No bound.</summary>
    public static ValueRange Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity);
}

/// <summary>The units of values.</summary>
public static class Units
{
    /// <summary>A fraction of one, never a percentage.</summary>
    public const string Share = "share";

    /// <summary>A number without dimension.</summary>
    public const string Index = "index";

    /// <summary>A quotient of two quantities of one kind.</summary>
    public const string Ratio = "ratio";

    /// <summary>Swedish kronor; the price year stands in the parameters.</summary>
    public const string Kronor = "kr";

    /// <summary>Millions of kronor.</summary>
    public const string MillionKronor = "mnkr";

    /// <summary>Persons.</summary>
    public const string Persons = "persons";

    /// <summary>A number of things that the indicator names.</summary>
    public const string Count = "count";

    /// <summary>Natural units of information (logarithm to base e).</summary>
    public const string Nats = "nats";

    /// <summary>Bits of information (logarithm to base 2).</summary>
    public const string Bits = "bits";

    /// <summary>Years.</summary>
    public const string Years = "years";
}
