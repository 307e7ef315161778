using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Report.Questions;
using Analys.Report.Recipes;

namespace Analys.Report.Page;

/// <summary>Puts a report's answers on the page: summary first, then the sections, the profiles, how it was calculated, the
/// sources.</summary>
internal sealed class ReportPage(ReportContext context, string? title,
    IReadOnlyList<(SectionRecipe Recipe, Answer Answer, string Id)> sections, IReadOnlyList<LeftOut> left)
{
    private static readonly string[] Kinds = ["change", "gap", "chance"];
    private static readonly string[] SourceColumns = ["title", "publisher", "table", "date", "licence", "file", "rows"];

    // More than a reader takes in at a glance; of a great many tables the first sections are told.
    private const int MostKeys = 6;

    private readonly PageWriter page = new(context.Language);
    private readonly List<LeftOut> undrawn = [];
    private int number;

    /// <summary>The small pictures of profiles, as something that a page may have no room for.</summary>
    public const string Strips = "strips";

    /// <summary>The profiles, as the last thing that a page may have no room for.</summary>
    public const string ProfileSection = "profiles";

    /// <summary>Kinds of figures that the page has no room for.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

    /// <summary>The page and its parts.</summary>
    public ReportDocument Write()
    {
        var all = sections.SelectMany(section => section.Answer.Released).ToList();
        Title(all);
        // What matters most stands before the contents: on a phone they fill the first screen.
        Summary();
        page.Contents();
        foreach (var (recipe, answer, id) in sections) Section(recipe, answer, id);
        var profiles = Profiles();
        Method(all);
        var provenance = all.Select(released => released.Provenance).Aggregate(Provenance.None, (sum, more) => sum.Merge(more));
        Sources(provenance);
        var heading = Heading();
        return new ReportDocument(page.Finish(heading, [.. profiles.Keys], Product.Version), page.Figures, provenance, [],
            [.. left.Concat(undrawn).Select(item => item.Line)], profiles)
        { Sections = sections.Count };
    }

    private string Heading() => title ?? (context.IsDerived && context.Place.Length > 0
        ? context.Words.Get(sections.All(section => section.Answer.Profile.Count == 0) ? "title.series" : "title.municipality",
            ("whole", context.Whole)) : context.Recipe.Title.In(context.Language));

    private void Title(List<Released> all)
    {
        var confidential = all.Find(released => released.Origin == Confidentiality.Confidential);
        IEnumerable<string> lead = context.Recipe.Lead.Select(phrase => phrase.In(context.Language));
        if (all.Count > 0) lead = lead.Append(confidential is null ? context.Words.Get("public", ("until", Until(all)))
            : context.Words.Get("released", ("policy", confidential.Policy.Name)));
        if (context.Areas.Count > 0) lead = lead.Append(context.Words.Get("chosen", ("areas", string.Join(", ", context.Areas))));
        page.Title(Heading(), context.Recipe.Subtitle?.In(context.Language), lead, all.Exists(released => released.IsConfidential)
            ? context.Words["confidential"] : null);
    }

    // How new the newest figures are: a reader asks that first.
    private string Until(List<Released> all)
    {
        var years = all.SelectMany(released => released).Select(row => row.Period).OfType<string>()
            .Where(period => period.Length >= 4 && period[..4].All(char.IsAsciiDigit)).Select(period => period[..4]).ToList();
        return years.Count == 0 ? "" : context.Words.Get("public.until", ("year", years.Max(PeriodOrder.InTime)!));
    }

    // One finding of each kind: the largest change, the widest gap, what is within chance.
    private void Summary()
    {
        var findings = sections.SelectMany(section => section.Answer.Findings).ToList();
        List<string> said = [.. Kinds.Select(kind => findings.Where(finding => finding.Kind == kind)
            .MaxBy(finding => finding.Weight)?.Text).OfType<string>()];
        if (said.Count > 0)
        {
            page.Section("summary", context.Words["summary"]);
            page.List(said, "findings");
        }

        List<(string, string)> keys = [.. sections.SelectMany(section =>
            section.Recipe.Key.Select(key => (Value: Fill(key.Value, section.Answer), Meaning: Fill(key.Meaning, section.Answer))))
            .Where(key => key.Value is not null && key.Meaning is not null).Select(key => (key.Value!, key.Meaning!))];
        if (keys.Count == 0) return;
        page.Section("key", context.Words["key"]);
        page.KeyFigures(keys.Take(MostKeys));
    }

    private void Section(SectionRecipe recipe, Answer answer, string id)
    {
        page.Section("avsnitt-" + id, $"{++number} {Fill(recipe.Title, answer) ?? recipe.Id}");
        foreach (var block in recipe.Show)
        {
            var heading = block.Heading is { } phrase ? Fill(phrase, answer) : null;
            if (block.Say is { } say && Fill(say, answer) is { } sentence)
            {
                Under();
                page.Paragraph(sentence);
            }
            else if (block.Figure is { } kind && !Without.Contains(kind) && answer.Figures.TryGetValue(kind, out var draw)
                && Drawn(draw, new FigureWords(block.Id ?? $"{id}-{kind}", block.Title is null ? null : Fill(block.Title, answer),
                    block.Note is null ? null : Fill(block.Note, answer))) is { } figure)
            {
                Under();
                page.Figure(figure);
            }
            else if (block.Table is { } name && answer.Tables.TryGetValue(name, out var make) && make() is { } table)
            {
                Under();
                page.Table(table);
            }

            void Under()
            {
                if (heading is not null) page.Subheading(heading);
            }
        }
    }

    // A figure that the rows do not suit is left out with a line; the rest of the section stands.
    private Figure? Drawn(Func<FigureWords, Figure?> draw, FigureWords words)
    {
        try
        {
            return draw(words);
        }
        catch (ArgumentException)
        {
            undrawn.Add(new LeftOut($"{words.Id}: the figure cannot be drawn of these rows: an area has several of one period and group.",
                "left.figure", ("id", words.Id)));
            return null;
        }
    }

    private Dictionary<string, Func<string>> Profiles()
    {
        var items = sections.SelectMany(section => section.Answer.Profile).GroupBy(item => AreaName.Key(item.Area))
            .ToDictionary(group => group.First().Area, group => group.ToList());
        var areas = items.Keys.Order(SwedishOrder.Comparer).ToList();
        if (areas.Count == 0) return [];
        var writer = new ProfileWriter(context);
        if (!Without.Contains(ProfileSection))
        {
            page.Section("profiles", context.Words["profiles"]);
            page.Paragraph(context.Words.Get("profiles.lead", ("whole", context.Whole)));
            foreach (var area in areas.Where(area => context.Areas.Count == 0 || context.IsChosen(area)))
            {
                page.Html(writer.Closed(area,
                    [.. items[area].Select(item => Without.Contains(Strips) ? item with { Strip = null } : item)], Lead(area)));
            }
        }

        return areas.ToDictionary(area => area, area => (Func<string>)(() => Alone(area, items[area], writer)));
    }

    // What can be read out: the first section's sentence about the area.
    private string Lead(string area) => sections.SelectMany(section => section.Answer.Profile)
        .FirstOrDefault(item => item.Say.Length > 0 && AreaName.Key(item.Area) == AreaName.Key(area))?.Say ?? area;

    private string Alone(string area, List<ProfileItem> items, ProfileWriter writer)
    {
        var own = new PageWriter(context.Language);
        own.Title(context.Words.Get("profile.title", ("area", area)), Heading(), [],
            sections.SelectMany(section => section.Answer.Released).Any(released => released.IsConfidential)
            ? context.Words["confidential"] : null);
        var content = writer.Content(area, items, Lead(area));
        own.Html($"<section class=\"profile\" aria-label=\"{PageWriter.Encode(area)}\">{content}</section>\n");
        var sources = sections.Where(section => section.Answer.Profile.Exists(item => AreaName.Key(item.Area) == AreaName.Key(area)))
            .SelectMany(section => section.Answer.Released).SelectMany(released => released.Provenance.Sources)
            .Select(source => source.Origin is { } origin ? string.Join(", ",
                new[] { origin.Publisher, origin.Title, origin.Date }.Where(part => !string.IsNullOrEmpty(part))) : source.File).Distinct();
        own.Paragraph($"{context.Words["sources"]}: {string.Join("; ", sources)}.", "figure-source");
        return own.Finish(context.Words.Get("profile.title", ("area", area)), [], Product.Version);
    }

    private void Method(List<Released> all)
    {
        if (all.Count == 0 && left.Count + undrawn.Count == 0) return;
        page.Section("method", $"{++number} {context.Words["method"]}");
        var english = context.Language == Language.English;
        var definitions = all.SelectMany(released => released).Select(row => row.Measure).DistinctBy(measure => measure.Id).ToList();
        if (definitions.Count > 0)
        {
            page.Table(new PlainTable(
                context.Words["method.definitions"], [context.Words["method.measure"], context.Words["method.formula"],
                    context.Words["method.citation"]],
                [.. definitions.Select(measure => (IReadOnlyList<string>)[context.NameOf(measure), english ? measure.Formula
                    : measure.SwedishFormula ?? measure.Formula, Words.Citation(measure, context.Language)])], []));
        }

        if (all.Exists(released => released.Any(row => row.Lower is not null && row.Area is not null)))
        {
            page.Subheading(context.Words["method.uncertainty"]);
            page.Paragraph(context.Words[all.Exists(released => released.Origin == Confidentiality.Confidential)
                ? "method.uncertainty.register" : "method.uncertainty.count"]);
        }

        if (all.Count > 0)
        {
            page.Subheading(context.Words["method.disclosure"]);
            var confidential = all.Where(released => released.Origin == Confidentiality.Confidential).ToList();
            page.Paragraph(confidential.Count == 0
                ? context.Words["method.disclosure.public"]
                : context.Words.Get("method.disclosure.released", ("policy", confidential[0].Policy.Name),
                    ("suppressed", context.Numbers.Number(confidential.Sum(released => released.SuppressedCount)))));
        }

        foreach (var input in context.Inputs.Where(input => input is { Guessed: true, Extract: not null }))
        {
            if (input.Statement is { } statement) page.Paragraph(context.Words.Get("method.disclosure.stated", ("file", input.File),
                ("source", statement.Source)));
            var columns = input.Extract!.Columns.Where(column => column.Field.Role != Role.None).Select(Meaning);
            page.Paragraph(context.Words.Get("method.guessed", ("file", input.File), ("columns", string.Join(", ", columns))));
        }

        if (left.Count + undrawn.Count > 0)
        {
            page.Subheading(context.Words["method.left"]);
            foreach (var line in left.Concat(undrawn).Select(item => item.In(context.Words)).Distinct()) page.Paragraph(line, "left-out");
        }

        page.Subheading(context.Words["method.reproduce"]);
        page.Paragraph(context.Words["method.reproduce.text"]);
    }

    private string Meaning(Column column)
    {
        var field = column.Field;
        var role = field.Role == Role.Amount && field.Unit is Units.Index or Units.Years ? "number"
            : field.Role.ToString().ToLowerInvariant();
        var parts = new[] { field.Period, field.Population is { } population ? ReportContext.Ages(population, context.Words) : null,
            field.Unit is { } unit && context.Words.Find($"role.{unit}") is { } said ? $"({said})" : null }.OfType<string>();
        return string.Join(' ', parts.Prepend($"{column.Name} = {context.Words.Find($"role.{role}")
            ?? context.Words.Get("role.other", ("role", role))}"));
    }

    private void Sources(Provenance provenance)
    {
        if (provenance.Sources.Length == 0) return;
        page.Section("sources", $"{++number} {context.Words["sources"]}");
        var rows = provenance.Sources.Select(source => (string[])
        [
            source.Origin?.Title ?? source.File, source.Origin?.Publisher ?? "",
            source.Origin?.TableId is { } table && table != source.File ? table : "", source.Origin?.Date ?? "",
            Licence(source.Origin?.Licence), source.File,
            source.Rows == SourceFile.NotTold ? "" : context.Numbers.Number(source.Rows),
        ]).ToList();
        // A column that no source fills is left out.
        int[] kept = [.. Enumerable.Range(0, SourceColumns.Length).Where(i => rows.Exists(row => row[i].Length > 0))];
        page.Table(new PlainTable(
            context.Words["sources.caption"], [.. kept.Select(i => context.Words["sources." + SourceColumns[i]])],
            [.. rows.Select(row => (IReadOnlyList<string>)[.. kept.Select(i => row[i])])],
            kept.Contains(SourceColumns.Length - 1) ? [kept.Length - 1] : []));
    }

    private string Licence(string? licence) => licence is "public statistics" ? context.Words["licence.public"] : licence ?? "";

    private string? Fill(Phrase phrase, Answer answer) => RecipeText.Fill(phrase.In(context.Language), answer.Slots);
}
