using Analys.Domain;

namespace Analys.Present.Figures;

/// <summary>What all figures can be told. Everything has a default, so that a figure of released results shows itself.</summary>
public record FigureOptions
{
    /// <summary>The id in the page and the name of the files, in kebab case; null for one made of the measure and the kind.</summary>
    public string? Id { get; init; }

    /// <summary>Says what the figure shows; null for the measure's name.</summary>
    public string? Title { get; init; }

    /// <summary>Measure, unit, population and period; null to take them from the results.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The source line; null to take it from the provenance.</summary>
    public string? Source { get; init; }

    /// <summary>A note on definition and breaks; null for the measure's definition, empty for none.</summary>
    public string? Note { get; init; }

    /// <summary>What a listener hears instead of the picture; null for a summary made of the figures.</summary>
    public string? Description { get; init; }

    /// <summary>The language.</summary>
    public Language Language { get; init; }

    /// <summary>The number of decimals; null for the unit's own.</summary>
    public int? Decimals { get; init; }

    /// <summary>The label of a result; null for its area, or the whole city.</summary>
    public Func<Result, string>? Label { get; init; }

    internal string LabelOf(Result result) => Label?.Invoke(result) ?? result.Area ?? Texts.Of(Language)["figure.whole"];

    internal string FormulaOf(Definition measure) => Language == Language.English ? measure.Formula : measure.SwedishFormula ?? measure.Formula;

    internal string NameOf(Definition measure) => Language == Language.English ? measure.Name : measure.Swedish;
}
