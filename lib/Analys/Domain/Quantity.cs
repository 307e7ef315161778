using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Analys.Domain;

namespace Analys;

/// <summary>What is known of a value.</summary>
public enum ValueStatus
{
    /// <summary>The value is known.</summary>
    Known,

    /// <summary>The value does not exist for these data; the reason says why.</summary>
    Undefined,

    /// <summary>The value is withheld by a rule of disclosure control.</summary>
    Suppressed,

    /// <summary>The value is published rounded.</summary>
    Rounded,
}

/// <summary>
/// A value that is known, undefined with a reason, withheld by a rule, or rounded. It is never NaN, null or −1 standing
/// for something else.
/// </summary>
[JsonConverter(typeof(QuantityJson))]
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct Quantity : IComparable<Quantity>
{
    private readonly double number;

    private Quantity(ValueStatus status, double number, string? reason, bool isHeld = false)
    {
        Status = status;
        this.number = number;
        Reason = reason;
        IsConfidential = isHeld;
    }

    /// <summary>Whether it has not passed disclosure control: it can be computed with, and does not show itself. Two quantities are equal
    /// whether they have or not.</summary>
    internal bool IsConfidential { get; }

    internal Quantity Held => new(Status, number, Reason, isHeld: true);

    internal Quantity Free => new(Status, number, Reason);

    /// <inheritdoc/>
    public bool Equals(Quantity other) => (Status, Reason) == (other.Status, other.Reason) && number.Equals(other.number);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Status, number, Reason);

    /// <summary>What is known of the value.</summary>
    public ValueStatus Status { get; }

    /// <summary>Why it is undefined, which rule withholds it, or what it is rounded to; null for a known value.</summary>
    public string? Reason { get; }

    /// <summary>Whether there is a number to show: known or rounded.</summary>
    public bool HasNumber => Status is ValueStatus.Known or ValueStatus.Rounded;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is undefined or suppressed.</exception>
    public double Number => HasNumber
        ? number
        : throw new InvalidOperationException($"The value is {Status}: {Reason}.");

    /// <summary>A known value.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is not finite.</exception>
    public static Quantity Known(double number) => double.IsFinite(number)
        // A zero has no sign: −0 is the zero of a negative scale.
        ? new(ValueStatus.Known, number + 0.0, null)
        : throw new ArgumentOutOfRangeException(nameof(number), "A known value must be finite; say Undefined with a reason instead.");

    /// <summary>A value that does not exist for these data.</summary>
    /// <param name="reason">Why, in a few words without figures from the data.</param>
    public static Quantity Undefined(string reason) => new(ValueStatus.Undefined, 0, reason);

    /// <summary>A value withheld by disclosure control.</summary>
    /// <param name="rule">The rule that withholds it.</param>
    public static Quantity Suppressed(string rule) => new(ValueStatus.Suppressed, 0, rule);

    /// <summary>A value published rounded.</summary>
    /// <param name="number">The rounded number.</param>
    /// <param name="rule">How it was rounded.</param>
    public static Quantity Rounded(double number, string rule) => new(ValueStatus.Rounded, number, rule);

    /// <summary><paramref name="numerator"/> over <paramref name="denominator"/>; undefined where the denominator is zero.</summary>
    /// <param name="numerator">Above the line.</param>
    /// <param name="denominator">Below the line.</param>
    /// <param name="whenZero">The reason to give where the denominator is zero.</param>
    public static Quantity Ratio(double numerator, double denominator, string whenZero) =>
        denominator == 0 ? Undefined(whenZero) : Known(numerator / denominator);

    /// <summary>Orders by number; what has none comes before everything that has, so that the largest first leaves it for last.</summary>
    /// <param name="other">The other value.</param>
    public int CompareTo(Quantity other) => HasNumber && other.HasNumber
        ? number.CompareTo(other.number) : HasNumber.CompareTo(other.HasNumber);

    /// <summary>Whether the number is above the other; false where either is not known.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.HasNumber && right.HasNumber && left.number > right.number;

    /// <summary>Whether the number is below the other; false where either is not known.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.HasNumber && right.HasNumber && left.number < right.number;

    /// <summary>Whether the number is at least the other; false where either is not known.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.HasNumber && right.HasNumber && left.number >= right.number;

    /// <summary>Whether the number is at most the other; false where either is not known.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.HasNumber && right.HasNumber && left.number <= right.number;

    /// <summary>Whether the number is above a limit; false where it is not known.</summary>
    public static bool operator >(Quantity left, double right) => left.HasNumber && left.number > right;

    /// <summary>Whether the number is below a limit; false where it is not known.</summary>
    public static bool operator <(Quantity left, double right) => left.HasNumber && left.number < right;

    /// <summary>Whether the number is at least a limit; false where it is not known.</summary>
    public static bool operator >=(Quantity left, double right) => left.HasNumber && left.number >= right;

    /// <summary>Whether the number is at most a limit; false where it is not known.</summary>
    public static bool operator <=(Quantity left, double right) => left.HasNumber && left.number <= right;

    /// <summary>The number, or why there is none; of a value that is not released, that it is not.</summary>
    public override string ToString() => IsConfidential && !NotebookHooks.IsSecure ? Results.NotReleased : HasNumber
        ? number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)
        : $"{Status.ToString().ToLowerInvariant()}: {Reason}";

    /// <summary>The number changed by <paramref name="function"/>; an undefined or suppressed value stays as it is.</summary>
    /// <param name="function">What to do with the number.</param>
    public Quantity Select(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Status == ValueStatus.Known ? Known(function(number)) : this;
    }
}

/// <summary>Writes a quantity for those who serialise one: the number where it may be shown, else what is known of it.</summary>
internal sealed class QuantityJson : JsonConverter<Quantity>
{
    /// <inheritdoc/>
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Quantities are written, not read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options)
    {
        if (value.IsConfidential && !NotebookHooks.IsSecure) writer.WriteStringValue(Results.NotReleased);
        else if (value.HasNumber) writer.WriteNumberValue(value.Number);
        else writer.WriteNullValue();
    }
}

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

    /// <summary>What a value tells of the persons behind it.</summary>
    public Tells Tells { get; init; }

    /// <summary>Who stands in the numerator, in words; null where the value counts nobody.</summary>
    public string? Counts { get; init; }

    /// <summary>The options on which a value depends; empty where there are none, or where the measure's own record holds them.</summary>
    public ImmutableArray<MeasureOption> Options { get; init; } = [];
}

/// <summary>An option of a measure; the command gives it as <c>--NAME</c>, the record keeps it under its name.</summary>
/// <param name="Name">The name, in kebab case.</param>
/// <param name="Default">What holds where it is not given; null where there is no default.</param>
/// <param name="Description">What it does, with its range.</param>
public sealed record MeasureOption(string Name, string? Default, string Description)
{
    /// <summary>The words that it is one of; empty where it is free.</summary>
    public ImmutableArray<string> Words { get; init; } = [];
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
    /// <summary>The unit of an outcome, whatever it is: of its effects and their errors.</summary>
    public const string Outcome = "outcome";

    /// <summary>Standard deviations of an outcome.</summary>
    public const string Deviations = "sd";

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
