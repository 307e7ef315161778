namespace Analys.Measure.Segregation;

/// <summary>An option of a measure; the command gives it as <c>--NAME</c>, the record keeps it under its name.</summary>
/// <param name="Name">The name, in kebab case.</param>
/// <param name="Default">What holds where it is not given; null where there is no default.</param>
/// <param name="Description">What it does, with its range.</param>
public sealed record MeasureOption(string Name, string? Default, string Description);

/// <summary>An option of a measure is wrong, or the measure needs something that was not given. The message never holds data.</summary>
/// <param name="message">What is wrong.</param>
public sealed class MeasureOptionException(string message) : Exception(message);
