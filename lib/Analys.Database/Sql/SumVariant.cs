using System.Globalization;
using Analys.Database.Contract;
using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Database.Sql;

/// <summary>One set of columns of a statement of sums: who counts, and who of them is poor or has the property of a panel's step.</summary>
/// <param name="Query">The query that it answers.</param>
/// <param name="Ages">Who counts, where the statement's rows are not already so chosen.</param>
internal abstract record SumVariant(int Query, AgeSpan? Ages)
{
    /// <summary>The condition that a row counts.</summary>
    public virtual string Counts(Statement s) => InAges("a");

    /// <summary>The condition that a row that counts is poor, or has the property.</summary>
    public abstract string Has(Statement s);

    /// <summary>The gap of a poor row; null where there is none.</summary>
    public virtual string? Gap(Statement s) => null;

    /// <summary>The condition that an age is in the span.</summary>
    public string InAges(string age) => Ages is { } ages ? BaseRows.InAges(age, ages) : "1 = 1";

    /// <summary>The condition that an income is poor.</summary>
    public static string PoorBy(Statement s, string income, double line, PoorRule rule) =>
        double.IsNaN(line) ? "1 = 0" : $"{income} {(rule == PoorRule.AtOrBelow ? "<=" : "<")} {s.Number(line)}";
}

/// <summary>The poor by a line.</summary>
internal sealed record PoorVariant(int Query, AgeSpan? Ages, double Line, PoorRule Rule) : SumVariant(Query, Ages)
{
    public override string Has(Statement s) => PoorBy(s, "y", Line, Rule);

    public override string? Gap(Statement s) => double.IsNaN(Line) ? null : $"(({s.Number(Line)} - y) / {s.Number(Line)})";
}

/// <summary>A step of a panel, over persons joined with themselves: p0, y0, p1, y1, ... are null where they were not observed.</summary>
/// <param name="Query">The query that it answers.</param>
/// <param name="Ages">Who counts, where the statement's rows are not already so chosen.</param>
/// <param name="Panel">The step, with its lines.</param>
/// <param name="Places">For each of its other periods the number of the joined rows.</param>
internal sealed record PanelVariant(int Query, AgeSpan? Ages, PanelQuery Panel, int[] Places) : SumVariant(Query, Ages)
{
    private int Last => Places.Length - 1;

    public override string Counts(Statement s)
    {
        var conditions = new List<string> { InAges("a") };
        if (Panel.Step.NeedsAll()) conditions.AddRange(Places.Select((_, i) => $"{Person(i)} is not null"));
        conditions.AddRange(Panel.Step switch
        {
            PanelStep.Entry => [$"not ({Poor(s, 0)})"],
            PanelStep.Exit => [Poor(s, 0)],
            PanelStep.SpellStart => [Own(s), $"not ({Poor(s, 0)})"],
            PanelStep.SpellStep => Enumerable.Range(1, Last - 1).Select(i => Poor(s, i)).Prepend($"not ({Poor(s, 0)})").Prepend(Own(s)),
            _ => [],
        });
        return string.Join(" and ", conditions);
    }

    public override string Has(Statement s) => Panel.Step switch
    {
        PanelStep.Persistent => $"{Own(s)} and {string.Join(" + ", Places.Select((_, i) => s.Flag(Poor(s, i))))} >= 2",
        PanelStep.Entry => Own(s),
        PanelStep.Exit => $"not ({Own(s)})",
        PanelStep.SpellStart => "1 = 1",
        PanelStep.SpellStep => $"not ({Poor(s, Last)})",
        PanelStep.Stayed => $"{Person(0)} is not null",
        _ => $"{Person(0)} is null",
    };

    private string Own(Statement s) => PoorBy(s, "y", Panel.Line, Panel.Rule);

    private string Poor(Statement s, int other) => PoorBy(s, string.Create(CultureInfo.InvariantCulture, $"y{Places[other]}"), Panel.Others[other].Line, Panel.Rule);

    private string Person(int other) => string.Create(CultureInfo.InvariantCulture, $"p{Places[other]}");
}
