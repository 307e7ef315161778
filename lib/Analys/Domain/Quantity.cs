namespace Analys.Domain;

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
public readonly record struct Quantity
{
    private readonly double number;

    private Quantity(ValueStatus status, double number, string? reason)
    {
        Status = status;
        this.number = number;
        Reason = reason;
    }

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
        ? new(ValueStatus.Known, number, null)
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

    /// <summary>The number changed by <paramref name="function"/>; an undefined or suppressed value stays as it is.</summary>
    /// <param name="function">What to do with the number.</param>
    public Quantity Select(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Status == ValueStatus.Known ? Known(function(number)) : this;
    }
}
