using Analys.Disclosure;
using Analys.Domain;
using Analys.Present;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report;

/// <summary>What the questions of a report have in common: the tables, the language, what was chosen.</summary>
internal sealed class ReportContext
{
    /// <summary>The files.</summary>
    public required IReadOnlyList<TableInput> Inputs { get; init; }

    /// <summary>The recipe.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The policy of confidential tables.</summary>
    public required Policy Policy { get; init; }

    /// <summary>The language.</summary>
    public Language Language { get; init; }

    /// <summary>The period that was chosen; null for the latest of each table.</summary>
    public string? Period { get; init; }

    /// <summary>The areas that were chosen; empty for all.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Outlines of areas for maps, by division; empty for maps of tiles.</summary>
    public IReadOnlyList<MapOutline> Outlines { get; init; } = [];

    /// <summary>What the tables tell.</summary>
    public IReadOnlyList<Reading> Readings => readings ??= [.. Inputs.SelectMany(Reading.Of)];

    /// <summary>Numbers as the language writes them.</summary>
    public NumberFormat Numbers => NumberFormat.For(Language);

    /// <summary>The words of the report itself.</summary>
    public ReportWords Words => ReportWords.Of(Language);

    /// <summary>The name of the whole.</summary>
    public string Whole => Recipe.Whole.In(Language);

    /// <summary>The name of a row in figures.</summary>
    public string LabelOf(Result row) => row.Area ?? Recipe.WholeLabel.In(Language);

    /// <summary>Results through the gate; what is released of one source in one report is judged together.</summary>
    public Released Release(Results results) =>
        results.Confidentiality == Confidentiality.Public || Policy.Rounding != CountRounding.None || Policy.Noise > 0 || Policy.Unprotected
            ? results.Release(Policy)
            : results.Release(Policy, ledger);

    /// <summary>A reading through the gate, together with everything else that its table tells: two releases of one table would tell what
    /// each withholds.</summary>
    public Released Release(Reading reading) => Table(reading) is { } all
        ? all.Where(row => row.Measure.Id == reading.Measure.Id && PopulationText.Of(row) == reading.Population)
        : Release(reading.Results);

    /// <summary>All ages of a reading's measure, released together.</summary>
    public Released ReleaseAges(Reading reading) => (Table(reading) ?? Release(reading.Results))
        .Where(row => row.Measure.Id == reading.Measure.Id);

    /// <summary>What was asked of a register, released together: of several questions one after another each would narrow the others'
    /// cells.</summary>
    /// <param name="input">The register.</param>
    /// <param name="wanted">The measure and population that are wanted now.</param>
    /// <exception cref="ReleaseRefusedException">The figures could not be released beside those before them in the recipe.</exception>
    public Released ReleaseRegister(TableInput input, Func<Result, bool> wanted)
    {
        if (!released.TryGetValue(input, out var all))
        {
            var parts = Questions.Question.OfRegister(this, input);
            // The first questions of a recipe matter most: the last goes first where not all can be told.
            for (var count = parts.Count; all is null; count--)
            {
                try
                {
                    all = parts.Take(count).Aggregate((sum, more) => sum.Concat(more)).Release(Policy);
                }
                catch (ReleaseRefusedException) when (count > 1)
                {
                    continue;
                }
            }

            released[input] = all;
        }

        var rows = all.Where(wanted);
        return rows.Count > 0 ? rows : throw new ReleaseRefusedException("together",
            "beside the figures of the sections before it this would tell counts that they withhold");
    }

    private Released? Table(Reading reading)
    {
        var together = Readings.Where(other => other.Input == reading.Input).ToList();
        if (!together.Contains(reading)) return null;
        if (released.TryGetValue(reading.Input, out var all)) return all;
        return released[reading.Input] = Release(together.Select(other => other.Results).Aggregate((sum, more) => sum.Concat(more)));
    }

    private readonly Ledger ledger = new();
    private readonly Dictionary<TableInput, Released> released = [];
    private IReadOnlyList<Reading>? readings;

    /// <summary>Whether an area was chosen, or none was and all are shown.</summary>
    public bool Shows(string? area) => area is null || Areas.Count == 0 || Areas.Any(chosen => AreaName.Key(chosen) == AreaName.Key(area));

    /// <summary>Ages as they are read: <c>0-17</c> is 0–17 years.</summary>
    public static string Ages(string population, ReportWords words) =>
        population.Length > 0 && population.All(c => char.IsAsciiDigit(c) || c == '-')
            ? words.Get(population.EndsWith('-') ? "ages.open" : "ages",
                ("span", population.TrimEnd('-').Replace("-", "\u2013", StringComparison.Ordinal)))
            : population;

    /// <summary>The name of a measure.</summary>
    public string NameOf(Definition measure) => Language == Language.English ? measure.Name : measure.Swedish;

    /// <summary>A number with its unit, as a sentence has it.</summary>
    public string Say(double value, string unit) => unit == Units.Share ? Numbers.Percent(value) : Numbers.Value(value, unit);

    /// <summary>A difference of two numbers: percentage points for shares.</summary>
    public string SayDifference(double value, string unit) => unit == Units.Share
        ? Words.Get("points", ("number", Numbers.Points(Math.Abs(value))))
        : Numbers.Value(Math.Abs(value), unit);
}
