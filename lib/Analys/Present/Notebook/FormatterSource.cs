namespace Analys.Present.Notebook;

/// <summary>The formatters of a type, as notebooks ask for them.</summary>
/// <param name="formatters">The formatters, the richest first.</param>
public abstract class FormatterSource(params IReadOnlyList<Formatter> formatters)
{
    /// <summary>The formatters, the richest first.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}
