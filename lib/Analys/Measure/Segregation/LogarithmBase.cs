using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The base of the logarithm in measures of information: e (nats) unless another is chosen.</summary>
internal readonly record struct LogarithmBase(double Base)
{
    /// <summary>The option.</summary>
    public static MeasureOption Option { get; } = new("base", "e", "Measures of information: the base of the logarithm, e or a number above 1");

    /// <summary>The base that a call asks for.</summary>
    /// <exception cref="MeasureOptionException">It is not above 1.</exception>
    public static LogarithmBase Of(MeasureArguments arguments)
    {
        var number = arguments.Number("base", Math.E);
        return number > 1 ? new LogarithmBase(number) : throw new MeasureOptionException("The option base must be e or a number above 1.");
    }

    /// <summary>What the record says of it.</summary>
    public ImmutableSortedDictionary<string, string> Parameters => ImmutableSortedDictionary<string, string>.Empty.Add("base", MeasureArguments.Text(Base));

    /// <summary>The unit of information; null for nats.</summary>
    public string? Unit => Base == Math.E ? null : Base == 2 ? Units.Bits : "log" + MeasureArguments.Text(Base);

    /// <summary>A number of nats in this base.</summary>
    public double FromNats(double nats) => Base == Math.E ? nats : nats / Math.Log(Base);
}
