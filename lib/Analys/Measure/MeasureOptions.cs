using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Space;

namespace Analys.Measure;

/// <summary>An option of a measure is wrong, or the measure needs something that was not given. The message never holds data.</summary>
/// <param name="message">What is wrong.</param>
public sealed class MeasureOptionException(string message) : Exception(message);

/// <summary>What a call gives to measures beside the counts: options by name, and whether pairs of groups are wanted.</summary>
/// <remarks>Partial: what belongs to geography stands in a file of its own.</remarks>
internal sealed partial record MeasureArguments
{
    /// <summary>No options, no pairs.</summary>
    public static MeasureArguments None { get; } = new();

    /// <summary>Options by name, as text.</summary>
    public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether each group is compared with each other group too, not only with everyone else.</summary>
    public bool Pairs { get; init; }

    /// <summary>The same with one more option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public MeasureArguments With(string name, string value) => this with { Options = Options.SetItem(name, value) };

    /// <summary>An option that is a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="byDefault">What holds where it is not given.</param>
    /// <exception cref="MeasureOptionException">It is not a number.</exception>
    public double Number(string name, double byDefault)
    {
        if (!Options.TryGetValue(name, out var text)) return byDefault;
        return text == "e" ? Math.E
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : throw new MeasureOptionException($"The option {name} must be a number.");
    }

    /// <summary>An option that is one of some words.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="words">The words; the first holds where it is not given.</param>
    /// <exception cref="MeasureOptionException">It is another word.</exception>
    public string Word(string name, params ReadOnlySpan<string> words)
    {
        if (!Options.TryGetValue(name, out var text)) return words[0];
        return words.Contains(text)
            ? text : throw new MeasureOptionException($"The option {name} must be one of {string.Join(", ", words)}.");
    }

    /// <summary>An option that is a list of numbers; null where it is not given.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="MeasureOptionException">Something in it is not a number.</exception>
    public double[]? Numbers(string name)
    {
        if (!Options.TryGetValue(name, out var text)) return null;
        return [.. text.Split([',', ';'], StringSplitOptions.TrimEntries).Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
                : throw new MeasureOptionException($"The option {name} must be numbers with commas between."))];
    }

    /// <summary>A number as it stands in the parameters of a record.</summary>
    /// <param name="number">The number.</param>
    public static string Text(double number) => number == Math.E ? "e" : number.ToString("R", CultureInfo.InvariantCulture);
}

internal sealed partial record MeasureArguments
{
    /// <summary>Where the units lie; null where the call does not say.</summary>
    public UnitGeography? Geography { get; init; }
}

/// <summary>The base of the logarithm in measures of information: e (nats) unless another is chosen.</summary>
internal readonly record struct LogarithmBase(double Base)
{
    /// <summary>The option.</summary>
    public static MeasureOption Option { get; } =
        new("base", "e", "Measures of information: the base of the logarithm, e or a number above 1");

    /// <summary>The base that a call asks for.</summary>
    /// <exception cref="MeasureOptionException">It is not above 1.</exception>
    public static LogarithmBase Of(MeasureArguments arguments)
    {
        var number = arguments.Number("base", Math.E);
        return number > 1 ? new LogarithmBase(number) : throw new MeasureOptionException("The option base must be e or a number above 1.");
    }

    /// <summary>What the record says of it.</summary>
    public ImmutableSortedDictionary<string, string> Parameters =>
        ImmutableSortedDictionary<string, string>.Empty.Add("base", MeasureArguments.Text(Base));

    /// <summary>The unit of information; null for nats.</summary>
    public string? Unit => Base == Math.E ? null : Base == 2 ? Units.Bits : "log" + MeasureArguments.Text(Base);

    /// <summary>A number of nats in this base.</summary>
    public double FromNats(double nats) => Base == Math.E ? nats : nats / Math.Log(Base);
}

/// <summary>The line and the choices of definition under which a formula is computed.</summary>
/// <param name="Line">The poverty line, of the whole population or fixed; NaN for measures that have none.</param>
/// <param name="Quantiles">The rule of weighted quantiles.</param>
/// <param name="Poor">Whether a person on the line is poor.</param>
/// <param name="NonPositive">What logarithms do with incomes of zero and below.</param>
internal readonly record struct MeasureContext(
    double Line = double.NaN,
    QuantileRule Quantiles = QuantileRule.Average,
    PoorRule Poor = PoorRule.Below,
    NonPositiveIncomes NonPositive = NonPositiveIncomes.Exclude);

/// <summary>What is done with incomes below zero before anything else, the poverty line included.</summary>
internal enum NegativeIncomes
{
    /// <summary>They stay as they are: Eurostat. The default.</summary>
    Keep,

    /// <summary>They are set to zero.</summary>
    Zero,

    /// <summary>The persons are left out.</summary>
    Exclude,
}

/// <summary>What a measure that takes logarithms does with incomes of zero and below.</summary>
internal enum NonPositiveIncomes
{
    /// <summary>The measure is over the persons with a positive income. The default.</summary>
    Exclude,

    /// <summary>They add nothing to the sum but stay in the population that it is divided by.</summary>
    Denominator,

    /// <summary>The measure is undefined where there are any.</summary>
    Undefined,
}

/// <summary>Whether a person exactly on the line is poor.</summary>
internal enum PoorRule
{
    /// <summary>Poor is income &lt; line: Eurostat and SCB. The default.</summary>
    Below,

    /// <summary>Poor is income ≤ line: Foster, Greer &amp; Thorbecke 1984.</summary>
    AtOrBelow,
}

/// <summary>What a weighted quantile is where the cumulated share of the weights meets p exactly.</summary>
/// <remarks>
/// Incomes 5, 1, 3, 3, 2, 9, 7, 4, 6, 8 with weights 2, 1, 3, 1, 1, 1, 2, 2, 1, 2 at p = 0.5: inverse 4, average 4.5, above 5. Cumulated
/// weights are compared with a tolerance, so that the order of additions does not decide.
/// </remarks>
internal enum QuantileRule
{
    /// <summary>The mean of the two neighbours (Hyndman &amp; Fan type 2; SAS definition 5, which Eurostat uses). The default.</summary>
    Average,

    /// <summary>The smallest x with F(x) ≥ p (Hyndman &amp; Fan type 1).</summary>
    Inverse,

    /// <summary>The smallest x with F(x) &gt; p.</summary>
    Above,
}
