using System.Globalization;
using System.Text;

namespace Analys.Present.Effects;

/// <summary>What a study's reader must know that does not stand in its records.</summary>
/// <param name="Outcome">The outcome, in words.</param>
/// <param name="Unit">The unit, in words.</param>
/// <param name="IsPanel">Whether units are followed over time.</param>
/// <param name="NotYet">Whether those that start later are compared, too.</param>
/// <param name="Covariates">What is allowed for.</param>
/// <param name="Notes">The codes of what must be said, with their text where a code has none.</param>
internal sealed record EffectStory(string Outcome, string Unit, bool IsPanel, bool NotYet, IReadOnlyList<string> Covariates,
    IReadOnlyList<(string Code, string Text)> Notes);

/// <summary>A section that a board can read: what was done, for whom, what changed, how sure, and what so few can show.</summary>
internal static class EffectSection
{
    private static readonly string[] Headline =
        ["att-simple", "did-2x2", "synthetic-control", "synthetic-did", "risk-difference", "att-doubly-robust", "att-entropy-balance",
            "att-difference"];

    // The strictest first: what needs no large sample.
    private static readonly string[] Tests = ["randomisation", "placebo", "wild", "cluster", "analytic"];

    /// <summary>The section as a part of a page.</summary>
    public static string Html(Released released, EffectStory story, IReadOnlyList<Figure> figures, Language language)
    {
        var texts = Texts.Of(language);
        var said = Sentences(released, story, language);
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"effect\" lang=\"{language.Code()}\">\n");
        Heading(page, "h2", texts["effect.section.title"]);
        if (released.IsConfidential) Paragraph(page, texts["figure.confidential"]);
        foreach (var part in (string[])["done", "whom", "changed", "sure", "few"])
        {
            Heading(page, "h3", texts[$"effect.section.{part}"]);
            Paragraph(page, said[part]);
        }

        foreach (var figure in figures) page.Append(figure.ToHtml($"{FigureFiles.Tables(language)}/{figure.Id}.csv")).Append('\n');
        Heading(page, "h3", texts["effect.section.plan"]);
        Paragraph(page, said["plan"]);
        if (story.Notes.Count > 0)
        {
            Heading(page, "h3", texts["effect.section.notes"]);
            page.Append("<ul>\n");
            foreach (var note in Notes(story, language)) page.Append("<li>").Append(Escaped(note)).Append("</li>\n");
            page.Append("</ul>\n");
        }

        return page.Append("</section>\n").ToString();
    }

    /// <summary>What to think of, in the reader's language.</summary>
    public static IReadOnlyList<string> Notes(EffectStory story, Language language)
    {
        var texts = Texts.Of(language);
        return [.. story.Notes.Select(note => texts.Has($"effect.note.{note.Code}") ? texts[$"effect.note.{note.Code}"] : note.Text)
            .Distinct()];
    }

    /// <summary>What the section says, part by part: done, whom, changed, sure, few, plan.</summary>
    public static IReadOnlyDictionary<string, string> Sentences(Released released, EffectStory story, Language language)
    {
        var texts = Texts.Of(language);
        var numbers = NumberFormat.For(language);
        var whole = EffectFigures.Overall(released);
        var main = Headline.Select(id => whole.Find(row => row.Measure.Id == id)).FirstOrDefault(row => row is not null)
            ?? whole.FirstOrDefault();
        var least = released.FirstOrDefault(row => row.Measure.Id == "minimum-detectable-effect" && row.Value.HasNumber);
        return new Dictionary<string, string>
        {
            ["done"] = texts.Get("effect.section.done.text", ("outcome", story.Outcome),
                ("method", main is null ? "–" : language == Language.English ? main.Measure.Name : main.Measure.Swedish)),
            ["whom"] = Whom(story, texts),
            ["changed"] = main switch
            {
                { Value.HasNumber: true } => texts.Get("effect.section.changed.text",
                    ("value", Said(numbers, main.Value.Number, main.Unit))),
                { Value.Status: ValueStatus.Suppressed } => texts["effect.section.withheld"],
                _ => texts.Get("effect.section.undefined", ("reason", main?.Value.Reason ?? "–")),
            },
            ["sure"] = Sure(released, main, texts, numbers),
            ["few"] = least is null ? texts["effect.section.few.none"]
                : texts.Get("effect.section.few.text", ("value", Said(numbers, least.Value.Number, least.Unit))),
            ["plan"] = Plan(released, texts),
        };
    }

    /// <summary>The section as a page of its own.</summary>
    public static string Page(string section, Language language) =>
        $"<!DOCTYPE html>\n<html lang=\"{language.Code()}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            + $"content=\"width=device-width, initial-scale=1\">\n"
        + $"<title>{Escaped(Texts.Of(language)["effect.section.title"])}</title>\n<style>{FigureStyle.Css}\n"
        + "body{font-family:Arial,\"Liberation Sans\",Helvetica,sans-serif;max-width:52rem;margin:2rem auto;padding:0 "
            + "1rem;line-height:1.5;color:#16202a}</style>\n"
        + $"</head>\n<body>\n<main>\n{section}</main>\n</body>\n</html>\n";

    private static string Whom(EffectStory story, Texts texts)
    {
        var allowed = story.Covariates.Count > 0
            ? texts.Get("effect.section.whom.covariates", ("covariates", string.Join(", ", story.Covariates)))
                : texts["effect.section.whom.plain"];
        return story.IsPanel
            ? texts.Get("effect.section.whom.panel", ("unit", story.Unit),
                ("comparison", texts[story.NotYet ? "effect.section.not-yet" : "effect.section.never"]))
            : texts.Get("effect.section.whom.persons", ("covariates", allowed));
    }

    private static string Sure(Released released, Result? main, Texts texts, NumberFormat numbers)
    {
        if (main is null) return texts["effect.section.sure.none"];
        List<string> said = [];
        main = EffectFigures.Honest(released, main);
        if (main is { Lower: { } lower, Upper: { } upper, Value.HasNumber: true })
            said.Add(texts.Get("effect.section.sure.interval", ("lower", Said(numbers, lower, main.Unit)),
                ("upper", Said(numbers, upper, main.Unit))));
        var test = Tests.SelectMany(kind => released.Where(row => row.Measure.Id == $"{main.Measure.Id}-p" && row.Value.HasNumber
            && row.Parameters.GetValueOrDefault("inference") == kind && !row.Parameters.ContainsKey("cohort")
                && !row.Parameters.ContainsKey("time"))).FirstOrDefault()
            ?? (main.Measure.Id == "risk-difference" ? released.FirstOrDefault(row => row.Measure.Id == "mid-p" && row.Value.HasNumber)
                : null);
        said.Add(test is null ? texts["effect.section.sure.none"]
            : texts.Get(test.Value.Number < 0.05 ? "effect.section.sure.rare" : "effect.section.sure.common",
            ("p", numbers.Percent(test.Value.Number, 1)),
            ("how", test.Parameters.GetValueOrDefault("inference") is { } how ? texts[$"effect.how.{how}"] : test.Measure.Id)));
        return string.Join(" ", said);
    }

    private static string Plan(Released released, Texts texts)
    {
        if (released.FirstOrDefault(row => row.Measure.Id == "plan-deviations") is not { } plan) return texts["effect.section.plan.none"];
        var fields = released.Where(row => row.Measure.Id == "plan-deviation").Select(row => row.Parameters.GetValueOrDefault("field", ""))
            .ToList();
        (string, string) written = ("written", plan.Parameters.GetValueOrDefault("written", "–")),
            hash = ("hash", plan.Parameters.GetValueOrDefault("plan", "–"));
        return fields.Count == 0 ? texts.Get("effect.section.plan.kept", written, hash)
            : texts.Get("effect.section.plan.broken", written, hash, ("count", fields.Count.ToString(CultureInfo.InvariantCulture)),
                ("fields", string.Join(", ", fields)));
    }

    // Three figures that count: an effect has no unit of its own whose decimals could be known.
    private static string Said(NumberFormat numbers, double value, string unit)
    {
        if (unit == Units.Share) return numbers.Points(value, 1);
        var decimals = value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        return numbers.Number(value, decimals);
    }

    private static void Heading(StringBuilder page, string tag, string text) =>
        page.Append(CultureInfo.InvariantCulture, $"<{tag}>{Escaped(text)}</{tag}>\n");

    private static void Paragraph(StringBuilder page, string text) =>
        page.Append("<p>").Append(Escaped(text)).Append("</p>\n");

    // Swedish letters stay readable in the source of the page.
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
