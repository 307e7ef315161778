using Analys.Domain;

namespace Analys.Present.Figures;

/// <summary>The words of units, populations and reasons in a language.</summary>
internal static class Words
{
    // A dash that no line breaks at.
    private const string Dash = "\u2060–\u2060";

    public static string Unit(string unit, Language language) => Texts.Of(language) is var texts && texts.Has($"figure.unit.{unit}") ? texts[$"figure.unit.{unit}"] : unit;

    /// <summary><c>0-17</c> becomes <c>0–17 år</c>; other populations stay as they are.</summary>
    public static string? Population(string? population, Language language) =>
        population is { Length: > 0 } && char.IsAsciiDigit(population[0]) && population.All(c => char.IsAsciiDigit(c) || c == '-')
            ? Texts.Of(language).Get("figure.ages", ("span", population.Replace("-", Dash)))
            : population;

    public static string Reason(string? reason, Language language) =>
        Texts.Of(language) is var texts && texts.Has($"figure.reason.{reason}") ? texts[$"figure.reason.{reason}"] : reason ?? "";

    /// <summary>Publisher, title, table and date of each source.</summary>
    public static string Source(Provenance provenance, Language language)
    {
        var texts = Texts.Of(language);
        var sources = provenance.Sources
            .Select(source => source.Origin is { } origin
                ? string.Join(", ", new[] { origin.Publisher, origin.Title, origin.TableId, origin.Date }.Where(part => !string.IsNullOrEmpty(part)))
                : source.File)
            .Where(text => text.Length > 0).Distinct().ToList();
        return sources.Count == 0 ? texts["figure.source.none"] : texts.Get("figure.source", ("sources", string.Join("; ", sources).TrimEnd('.')));
    }

    public static string Subtitle(IReadOnlyList<Result> rows, FigureOptions options)
    {
        var texts = Texts.Of(options.Language);
        var parts = rows.Select(row => texts.Get("figure.subtitle", ("measure", options.NameOf(row.Measure)), ("unit", Unit(row.Unit, options.Language)))).Distinct().Take(3).ToList();
        if (rows.Select(row => row.Group).Distinct().ToList() is [{ } group]) parts.Add(group);
        if (rows.Select(row => row.Population).Distinct().ToList() is [{ } population]) parts.Add(Population(population, options.Language)!);
        var periods = rows.Select(row => row.Period).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (periods.Count > 0) parts.Add(periods.Count == 1 ? periods[0] : $"{periods[0]}{Dash}{periods[^1]}");
        return string.Join(". ", parts);
    }

    public static string Definition(IReadOnlyList<Result> rows, FigureOptions options) => string.Join(" ", rows.Select(row => row.Measure).Distinct().Take(3)
        .Select(measure => Texts.Of(options.Language).Get("figure.definition", ("measure", options.NameOf(measure)), ("formula", options.FormulaOf(measure).TrimEnd('.')), ("citation", measure.Citation.TrimEnd('.')))));
}
