namespace Analys;

/// <summary>A regression, a typology or a forest has no answer on these data, with the reason and what to do.</summary>
/// <param name="message">The reason; never a value of a row.</param>
public sealed class ModelException(string message) : Exception(message);
