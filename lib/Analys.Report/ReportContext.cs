using Analys.Domain;
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
    public IReadOnlyList<Reading> Readings => readings ??= [.. Inputs.SelectMany(Reading.Of)
        .Select(reading => reading with { Results = InLanguage(reading.Results), Country = InLanguage(reading.Country) })];

    /// <summary>Numbers as the language writes them.</summary>
    public NumberFormat Numbers => NumberFormat.For(Language);

    /// <summary>The words of the report itself.</summary>
    public ReportWords Words => ReportWords.Of(Language);

    /// <summary>The name of the whole.</summary>
    public string Whole => IsDerived && Place.Length > 0 ? Place : Recipe.Whole.In(Language);

    /// <summary>The name of a row in figures.</summary>
    public string LabelOf(Result row) => row.Area ?? (IsDerived && Place.Length > 0 ? Place : Recipe.WholeLabel.In(Language));

    /// <summary>Whether the recipe is one that is derived: it does not know whose areas they are, the tables may.</summary>
    public bool IsDerived => Recipe.Name == RecipeChoice.General;

    /// <summary>Where the areas lie; "" where the tables do not tell.</summary>
    public string Place => place ??= Recipe.Place?.In(Language) ?? PlaceOf.The(Inputs);

    /// <summary>Results through the gate. Of a confidential table this is its only release: a second would tell what the first
    /// withholds.</summary>
    /// <exception cref="ReleaseRefusedException">The gate refuses it, or something of the table was released before.</exception>
    public Released Release(Results results) => Once(results, () => Gated(InLanguage(results)));

    /// <summary>A text of a table in the report's language, where the recipe has it.</summary>
    public string Term(string text) => Language == Language.Swedish ? text
        : Recipe.Terms.FirstOrDefault(term => term.Sv == text)?.In(Language) ?? text;

    private Results InLanguage(Results results)
    {
        if (Language == Language.Swedish || Recipe.Terms.Count == 0) return results;
        const string Break = "break";
        return new(results.Select(row => row with
        {
            Group = row.Group is { } group ? Term(group) : null,
            Period = row.Period is { } period ? Term(period) : null,
            Parameters = row.Parameters.TryGetValue(Break, out var note) ? row.Parameters.SetItem(Break, Term(note)) : row.Parameters,
        }), results.Confidentiality, results.Provenance with { Sources = [.. results.Provenance.Sources.Select(InLanguage)] });
    }

    // Titles of sources stay, as they must be found; where the recipe has words for one, these stand in its place.
    private SourceFile InLanguage(SourceFile source) => source.Origin is not { } origin ? source : source with
    {
        Origin = origin with
        {
            Title = origin.Title is { } title ? Term(title) : null,
            Publisher = origin.Publisher is { } publisher ? Term(publisher) : null,
        },
    };

    private Released Once(Results results, Func<Released> release)
    {
        if (results.Confidentiality == Confidentiality.Public) return release();
        var files = results.Provenance.Sources.Select(source => source.File).ToList();
        if (files.Exists(told.Contains)) throw Beside();
        var passed = release();
        told.UnionWith(files);
        return passed;
    }

    // Sections of the same persons stand beside each other; what was withheld in one is known in the next, what was rounded is not.
    private Released Gated(Results results) => results.Confidentiality == Confidentiality.Public
        || (Policy.Rounding == CountRounding.None && Policy.CellKey is null)
            ? results.Release(Policy, ledger)
            : throw new ReleaseRefusedException("changed-counts", "a report sets several tables of the same persons beside each other, "
                + $"and what counts changed by the policy {Policy.Name} tell together cannot be checked: take a policy that withholds, "
                + "such as stockholm, or the command of the measure by itself");

    private static ReleaseRefusedException Beside() =>
        new("together", "other figures of the same table stand in the report, and these would tell what they withhold");

    // As many of the parts as can be told together, the first ones first.
    private Released Together(IReadOnlyList<Results> parts) => Once(parts[0], () => MostOf(parts));

    private Released MostOf(IReadOnlyList<Results> parts)
    {
        for (var count = parts.Count; ; count--)
        {
            try
            {
                return Gated(parts.Take(count).Aggregate((sum, more) => sum.Concat(more)));
            }
            catch (ReleaseRefusedException) when (count > 1)
            {
                // The questions that a recipe asks first matter most: the last goes first.
            }
        }
    }

    /// <summary>A reading through the gate, together with everything else that its table tells: two releases of one table would tell what
    /// each withholds.</summary>
    /// <exception cref="ReleaseRefusedException">The gate refuses it, or it would tell what figures before it withhold.</exception>
    public Released Release(Reading reading)
    {
        if (Table(reading) is not { } all) return Release(reading.Results);
        var rows = all.Where(row => row.Measure.Id == reading.Measure.Id && PopulationText.Of(row) == reading.Population);
        return rows.Count > 0 ? rows : throw Beside();
    }

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
        if (!released.TryGetValue(input, out var all)) released[input] = all = Together(Questions.Question.OfRegister(this, input));
        var rows = all.Where(wanted);
        return rows.Count > 0 ? rows : throw Beside();
    }

    private Released? Table(Reading reading)
    {
        var together = Readings.Where(other => other.Input == reading.Input).ToList();
        if (!together.Contains(reading)) return null;
        if (released.TryGetValue(reading.Input, out var all)) return all;

        // Children first, then everyone, then the other ages: where not all can be told, the last go.
        var order = together.OrderBy(other => other.Population == Analys.Ages.Children.ToString() ? 0 : other.Population is null ? 1 : 2);
        return released[reading.Input] = Together([.. order.Select(other => other.Results)]);
    }

    /// <summary>The register that tells of the same persons in more periods, or of more of them; null where this is the one to
    /// ask.</summary>
    /// <remarks>Two releases of the same persons would each tell what the other withholds.</remarks>
    /// <param name="input">A register.</param>
    public string? Shadowed(TableInput input) => (shadows ??= Shadows()).GetValueOrDefault(input);

    // Where a register has no keys its rows cannot be found in another: two of the same areas may be of the same persons.
    private Dictionary<TableInput, string> Shadows()
    {
        var found = new Dictionary<TableInput, string>();
        var registers = Inputs.Where(input => input.Extract is { } extract && Reading.IsRegister(extract))
            .Select(input => (Input: input, Keys: Values(input.Extract!, Load.Schema.Role.Person),
                Periods: Values(input.Extract!, Load.Schema.Role.Period).Count, Areas: Values(input.Extract!, Load.Schema.Role.Area)))
            .OrderByDescending(item => item.Periods).ThenByDescending(item => item.Input.Extract!.RowCount).ToList();
        for (var i = 1; i < registers.Count; i++)
        {
            var own = registers[i];
            var larger = registers.Take(i).FirstOrDefault(other => !found.ContainsKey(other.Input)
                && (own.Keys.Count > 0 && other.Keys.Count > 0 ? other.Keys.Overlaps(own.Keys) : other.Areas.Overlaps(own.Areas)));
            if (larger.Input is not null) found[own.Input] = larger.Input.File;
        }

        return found;

        static HashSet<object> Values(Extract extract, Load.Schema.Role role) => extract.Find(role) is { } column
            ? [.. Enumerable.Range(0, extract.RowCount).Select(column.ValueAt).OfType<object>()] : [];
    }

    private Dictionary<TableInput, string>? shadows;
    // What one register told is known where another of the same persons is asked: they are one source.
    private readonly Ledger ledger = new();
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly Dictionary<TableInput, Released> released = [];
    private IReadOnlyList<Reading>? readings;
    private string? place;

    /// <summary>Whether an area is among those that the call names: it is marked in figures and has its profile. Everything is computed
    /// over all areas whatever was chosen: of a city no part is the city.</summary>
    public bool IsChosen(string? area) => area is not null && Areas.Any(chosen => AreaName.Key(chosen) == AreaName.Key(area));

    /// <summary>Ages as they are read: <c>0-17</c> is 0–17 years.</summary>
    public static string Ages(string population, ReportWords words) =>
        population.Length > 0 && population.All(c => char.IsAsciiDigit(c) || c == '-')
            ? words.Get(population.EndsWith('-') ? "ages.open" : "ages",
                ("span", population.TrimEnd('-').Replace("-", "\u2013", StringComparison.Ordinal)))
            : population;

    /// <summary>The name of a measure.</summary>
    public string NameOf(Definition measure) => Language == Language.English ? measure.Name : measure.Swedish;

    /// <summary>The name of a measure and the ages that it is of, where the name does not say them.</summary>
    public string NameOf(Definition measure, string? population)
    {
        if (Words.Find($"measure.{measure.Id}.{population}") is { } said) return said;
        var name = NameOf(measure);
        return population is null || ColumnMeaning.Ages(name) == population ? name : $"{name}, {Ages(population, Words)}";
    }

    /// <summary>The line under a figure's title: where, what and when, without what the title has said.</summary>
    /// <param name="title">The title.</param>
    /// <param name="row">A result that is shown.</param>
    /// <param name="periods">The periods that are shown.</param>
    /// <param name="allAges">Whether the ages stand in the figure.</param>
    public string Subtitle(string title, Result row, IEnumerable<string?> periods, bool allAges = false)
    {
        var population = allAges ? null : PopulationText.Of(row);
        var name = NameOf(row.Measure, population);
        if (allAges) name = NameOf(row.Measure);
        var unit = row.Unit == Units.Index ? "" : Analys.Words.Unit(row.Unit, Language);
        var said = MeasureWords.Says(title, name);
        var what = said ? unit : unit.Length == 0 ? name : $"{name}, {unit}";
        if (said && population is not null && ColumnMeaning.Ages(title) != population) what =
            $"{what}, {Ages(population, Words)}".TrimStart(',', ' ');
        var years = periods.OfType<string>().Distinct().Order(PeriodOrder.InTime).ToList();
        var when = years.Count switch { 0 => "", 1 => years[0], _ => $"{years[0]}\u2013{years[^1]}" };
        // A figure that is forwarded alone says where it is.
        var where = Place.Length > 0 && !title.Contains(Place, StringComparison.OrdinalIgnoreCase) ? Place : "";
        return string.Join(". ", new[] { where, MeasureWords.Large(what), when }.Where(part => part.Length > 0));
    }

    /// <summary>A number with its unit, as a sentence has it.</summary>
    public string Say(double value, string unit, int? decimals = null) =>
        unit == Units.Share ? Numbers.Percent(value) : Numbers.Value(value, unit, decimals);

    /// <summary>A difference of two numbers: percentage points for shares.</summary>
    public string SayDifference(double value, string unit, int? decimals = null) => unit == Units.Share
        ? Words.Get("points", ("number", Numbers.Points(Math.Abs(value))))
        : Numbers.Value(Math.Abs(value), unit, decimals);
}
