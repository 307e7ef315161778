using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Report.Page;
using Analys.Report.Questions;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report;

/// <summary>Asks a recipe's questions to the tables and writes the page. What cannot be answered is left out with a line that says why; the
/// rest is made.</summary>
internal static class ReportMaker
{
    private sealed record Made(SectionRecipe Recipe, Candidate? Candidate, Answer Answer, string Id);

    /// <summary>Makes the report.</summary>
    /// <param name="context">Tables, recipe, language, choices.</param>
    /// <param name="title">The title; null for the recipe's.</param>
    public static ReportDocument Make(ReportContext context, string? title = null)
    {
        List<string> explained = [];
        List<LeftOut> left = [.. context.Inputs.Where(input => input.Refusal is not null)
            .Select(input => new LeftOut(input.Refusal!, input.Doubted ? "left.doubted" : input.Rule is null ? "left.file.other"
                : input.Column is null ? "left.file" : "left.file.column",
                ("file", input.File), ("rule", input.Rule ?? ""), ("column", input.Column ?? "")))];
        var refused = context.Inputs.Any(input => input.Doubted);
        var made = new List<Made>();
        var used = new HashSet<TableInput>();
        var work = Work.Of("sections of the report", context.Recipe.Sections.Count);
        foreach (var section in context.Recipe.Sections)
        {
            work.Step();
            // It gathers what the others answered, wherever it stands.
            if (section.Ask == OverviewQuestion.Name) continue;
            var candidates = Question.Find(section.Ask)!.Candidates(context, section).ToList();
            // Of several sections those of children come first, the others as their tables were given; of one the latest answers.
            candidates = section.Each ? [.. candidates.OrderByDescending(candidate => candidate.Children)]
                : [.. candidates.OrderByDescending(candidate => candidate.Period ?? "", PeriodOrder.InTime)];
            var count = 0;
            foreach (var candidate in candidates)
            {
                used.Add(candidate.Input);
                if (count > 0 && !section.Each)
                {
                    explained.Add($"{section.Id}: {candidate.Input.File} ({candidate.What}) could answer too; the latest period was taken");
                    continue;
                }

                var (answer, why) = Ask(context, candidate);
                if (answer is null)
                {
                    refused |= why!.Key.StartsWith("left.refused", StringComparison.Ordinal);
                    left.Add(why);
                    continue;
                }

                used.UnionWith(context.Inputs.Where(input => answer.Released.SelectMany(released => released.Provenance.Sources)
                    .Any(source => source.File == input.File)));

                count++;
                made.Add(new Made(section, candidate, answer, count == 1 ? section.Id : $"{section.Id}-{count}"));
                var latest = candidate.Period is { } period ? $", latest {period}" : "";
                explained.Add($"{section.Id}: {candidate.Input.File} ({candidate.What}{latest})");
            }

            if (candidates.Count == 0 && !section.Each) explained.Add(
                $"{section.Id}: no table answers the question {section.Ask}{(section.Of is { } of ? $" ({Say(of)})" : "")}");
        }

        var order = context.Recipe.Sections.Select((section, i) => (section.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        foreach (var section in context.Recipe.Sections.Where(section => section.Ask == OverviewQuestion.Name))
        {
            var answers = made.ConvertAll(item => item.Answer);
            if (OverviewQuestion.Ask(context, answers) is { } answer)
            {
                var at = made.FindIndex(item => order[item.Recipe.Id] > order[section.Id]);
                made.Insert(at < 0 ? made.Count : at, new Made(section, null, answer, section.Id));
                explained.Add($"{section.Id}: {answers.Count(item => item.Overview is not null)} measures by area of the other sections");
            }
            else explained.Add($"{section.Id}: fewer than two measures by area");
        }

        foreach (var input in context.Inputs.Where(input => input.Extract is not null && !used.Contains(input)))
        {
            if (context.Shadowed(input) is { } other)
            {
                explained.Add($"not used: {input.File}: it holds persons of {other}, which tells the same");
                continue;
            }

            var unused = Unused(input);
            explained.Add($"not used: {unused.Line}");
            // A recipe of its own knows what it leaves aside; one that is derived should take everything.
            if (context.IsDerived) left.Add(unused);
        }

        left = [.. left.DistinctBy(item => item.Line)];
        return Written(context, title, [.. made.Select(item => (item.Recipe, item.Answer, item.Id))], left)
            with
        { Made = explained, AnyRefused = refused };
    }

    // A page that can be mailed: of a great many tables the figures that others of their section tell too are left out, one kind after the
    // other. Characters are at least bytes for all but a few letters.
    private const int Largest = 590_000;
    private static readonly string[] Spare = ["change", ReportPage.Strips, "kinds", "tiles", "map", "trend", ReportPage.ProfileSection];

    private static ReportDocument Written(ReportContext context, string? title,
        IReadOnlyList<(SectionRecipe Recipe, Answer Answer, string Id)> sections, List<LeftOut> left)
    {
        var report = new ReportPage(context, title, sections, left).Write();
        for (var spared = 1; report.Html.Length > Largest && spared <= Spare.Length; spared++)
        {
            var without = Spare[..spared];
            var missing = sections.Sum(section => section.Recipe.Show.Count(block => block.Figure is { } kind && without.Contains(kind)
                && section.Answer.Figures.ContainsKey(kind)));
            var count = missing.ToString(System.Globalization.CultureInfo.InvariantCulture);
            List<LeftOut> all = [.. left];
            if (missing > 0) all.Add(new LeftOut(
                $"{count} figures ({string.Join(", ", without)}): the page would be too large to mail. "
                    + "Make reports of fewer files for them.",
                "left.large", ("count", count)));
            if (without.Contains(ReportPage.ProfileSection)) all.Add(new LeftOut(
                "the profiles of areas: the page would be too large to mail. Write them with analys profile.", "left.profiles"));
            report = new ReportPage(context, title, sections, all) { Without = without }.Write();
        }

        return report;
    }

    private static (Answer? Answer, LeftOut? Why) Ask(ReportContext context, Candidate candidate)
    {
        var file = candidate.Input.File;
        try
        {
            if (candidate.Ask() is { } answer)
            {
                var rows = answer.Released.SelectMany(released => released).ToList();
                if (rows.Exists(row => row.Value.HasNumber)
                    || rows.Find(row => row.Value.Status == ValueStatus.Suppressed) is not { } hidden)
                    return (answer, null);
                // A section of marks alone tells nothing.
                return (null, Refused(hidden.Value.Reason ?? "withheld", "all its figures are withheld"));
            }

            return (null, context.Period is { } period
                ? new LeftOut($"{file}: {candidate.What}: no figures for two areas in {period}. Choose another --period.", "left.period",
                    ("file", file), ("what", candidate.What), ("year", period))
                : new LeftOut($"{file}: {candidate.What}: fewer than two areas have a number.", "left.few", ("file", file),
                    ("what", candidate.What)));
        }
        catch (ReleaseRefusedException refusal)
        {
            return (null, Refused(refusal.Rule, refusal.Message.TrimEnd('.')));
        }
        catch (ColumnNotFoundException e)
        {
            // Several questions may want the same column: it is said once.
            return (null, new LeftOut($"{file}: {e.Message}", "left.wrong", ("file", file), ("what", "")));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            // The message of an unforeseen failure may quote a cell.
            return (null, Wrong($"the columns do not suffice ({e.GetType().Name})."));
        }

        LeftOut Refused(string rule, string why)
        {
            var by = why.Contains(rule, StringComparison.Ordinal) ? "" : $" by the rule {rule}";
            return new($"{file}: {candidate.What}: {why}{by}.{Remedy(candidate)}",
                candidate.Input.Guessed ? "left.refused.guessed" : "left.refused", ("file", file), ("what", candidate.What),
                ("rule", rule));
        }

        LeftOut Wrong(string why) => new($"{file}: {candidate.What}: {why}", "left.wrong", ("file", file), ("what", candidate.What));
    }

    private static string Remedy(Candidate candidate) => candidate.Input.Guessed
        ? " " + PublicStatement.Remedy
        : " Another --policy, wider areas or a table with the counts behind the figures may pass.";

    private static LeftOut Unused(TableInput input)
    {
        var columns = input.Extract!.Columns;
        const string Remedy = "Give its columns roles in a schema: analys schema infer.";
        var areas = columns.Count(column => column.Field.Role == Role.Area);
        if (areas == 0) return Left("left.unused.area", $"no column has the role area, and no other question asks for it. {Remedy}");
        if (areas > 1) return Left("left.unused.areas", $"{areas} columns have the role area, and it is not known which to compare. "
            + "Leave one of them with the role.", areas.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var numbers = columns.OfType<NumberColumn>().ToList();
        if (numbers.Count == 0) return Left("left.unused.text",
            "no column holds numbers: a number with a word or a mark in its column makes it text. See analys check.");
        var names = string.Join(", ", numbers.Take(4).Select(column => column.Name));
        if (numbers.TrueForAll(column => column.Field.Role is not (Role.Rate or Role.Count or Role.Amount)))
            return Left("left.unused.role", $"no column has the role rate, count or amount ({names}). {Remedy}", names);
        return columns.Any(column => column.Field.Role is Role.Rate or Role.Amount)
            ? Left("left.unused", "no section of the recipe asks for its measures.")
            : Left("left.unused.count", "it counts, but the recipe asks for shares, amounts or counts by group: "
                + $"give the column of groups the role group, or a share. {Remedy}");

        LeftOut Left(string key, string line, string what = "") => new($"{input.File}: {line}", key, ("file", input.File),
            ("columns", what));
    }

    private static string Say(Where of) => string.Join(", ", new[]
    {
        of.Measure is null ? null : $"measure {of.Measure}", of.Population is null ? null : $"population {of.Population}", of.Unit is null
            ? null : $"unit {of.Unit}",
        of.About.Count == 0 ? null : $"about {string.Join(" or ", of.About)}",
    }.OfType<string>());
}

/// <summary>A finished report: one page that needs nothing beside it, and its figures for files.</summary>
/// <param name="Html">The page.</param>
/// <param name="Figures">The figures, in the order of the page.</param>
/// <param name="Provenance">Where the numbers come from.</param>
/// <param name="Made">Which table feeds which section.</param>
/// <param name="LeftOut">What was left out: table, column, rule and remedy.</param>
/// <param name="Profiles">The profile of each area as a page of its own, by the area's name.</param>
internal sealed record ReportDocument(
    string Html, IReadOnlyList<Figure> Figures, Provenance Provenance, IReadOnlyList<string> Made, IReadOnlyList<string> LeftOut,
        IReadOnlyDictionary<string, Func<string>> Profiles)
{
    /// <summary>How many sections have figures or sentences of data.</summary>
    public int Sections { get; init; }

    /// <summary>Whether anything was left out because its release was refused.</summary>
    public bool AnyRefused { get; init; }
}
