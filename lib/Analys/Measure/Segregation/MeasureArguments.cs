using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Segregation;

/// <summary>What a call gives to measures beside the counts: options by name, and whether pairs of groups are wanted.</summary>
/// <remarks>Partial: what belongs to geography stands in a file of its own.</remarks>
public sealed partial record MeasureArguments
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
        return words.Contains(text) ? text : throw new MeasureOptionException($"The option {name} must be one of {string.Join(", ", words)}.");
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
