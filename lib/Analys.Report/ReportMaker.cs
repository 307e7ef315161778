using Analys.Domain;
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
    private sealed record Made(SectionRecipe Recipe, Candidate Candidate, Answer Answer, string Id);

    /// <summary>Makes the report.</summary>
    /// <param name="context">Tables, recipe, language, choices.</param>
    /// <param name="title">The title; null for the recipe's.</param>
    public static ReportDocument Make(ReportContext context, string? title = null)
    {
        List<string> explained = [];
        List<LeftOut> left = [.. context.Inputs.Where(input => input.Refusal is not null)
            .Select(input => new LeftOut(input.Refusal!, "left.file", ("file", input.File)))];
        var refused = false;
        var made = new List<Made>();
        var used = new HashSet<TableInput>();
        var work = Work.Of("sections of the report", context.Recipe.Sections.Count);
        foreach (var section in context.Recipe.Sections)
        {
            work.Step();
            var candidates = Question.Find(section.Ask)!.Candidates(context, section)
                .OrderByDescending(candidate => candidate.Period ?? "", StringComparer.Ordinal).ToList();
            if (section.Each) candidates.Reverse();
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
                    refused |= why!.Key == "left.refused";
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

        foreach (var input in context.Inputs.Where(input => input.Extract is not null && !used.Contains(input)))
        {
            explained.Add($"not used: {input.File}: {Unused(input)}");
            // A recipe of its own knows what it leaves aside; one that is derived should take everything.
            if (context.Recipe.Name == RecipeChoice.General) left.Add(
                new LeftOut($"{input.File}: {Unused(input)}", "left.unused", ("file", input.File)));
        }

        return new ReportPage(context, title, [.. made.Select(item => (item.Recipe, item.Answer, item.Id))], left)
            .Write() with
        { Made = explained, AnyRefused = refused };
    }

    private static (Answer? Answer, LeftOut? Why) Ask(ReportContext context, Candidate candidate)
    {
        var file = candidate.Input.File;
        try
        {
            if (candidate.Ask() is { } answer) return (answer, null);
            return (null, context.Period is { } period
                ? new LeftOut($"{file}: {candidate.What}: no figures for two areas in {period}. Choose another --period.", "left.period",
                    ("file", file), ("what", candidate.What), ("year", period))
                : new LeftOut($"{file}: {candidate.What}: fewer than two areas have a number.", "left.few", ("file", file),
                    ("what", candidate.What)));
        }
        catch (ReleaseRefusedException refusal)
        {
            var remedy = candidate.Input.Guessed ? " If the table is published already, say so: --public \"source, date\"."
                : " Another --policy, wider areas or a table with the counts behind the figures may pass.";
            return (null, new LeftOut($"{file}: {candidate.What}: {refusal.Message.TrimEnd('.')}.{remedy}", "left.refused", ("file", file),
                ("what", candidate.What), ("rule", refusal.Rule)));
        }
        catch (ColumnNotFoundException e)
        {
            return (null, Wrong(e.Message));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            // The message of an unforeseen failure may quote a cell.
            return (null, Wrong($"the columns do not suffice ({e.GetType().Name})."));
        }

        LeftOut Wrong(string why) => new($"{file}: {candidate.What}: {why}", "left.wrong", ("file", file), ("what", candidate.What));
    }

    private static string Unused(TableInput input)
    {
        var columns = input.Extract!.Columns;
        const string Remedy = "Give its columns roles in a schema: analys schema infer.";
        if (columns.All(column =>
            column.Field.Role != Role.Area)) return $"no column has the role area, and no other question asks for it. {Remedy}";
        return columns.All(column => column.Field.Role is not (Role.Rate or Role.Count or Role.Amount))
            ? $"no column has the role rate, count or amount. {Remedy}"
            : "no section of the recipe asks for it.";
    }

    private static string Say(Where of) => string.Join(", ", new[]
    {
        of.Measure is null ? null : $"measure {of.Measure}", of.Population is null ? null : $"population {of.Population}", of.Unit is null
            ? null : $"unit {of.Unit}",
        of.About.Count == 0 ? null : $"about {string.Join(" or ", of.About)}",
    }.OfType<string>());
}
