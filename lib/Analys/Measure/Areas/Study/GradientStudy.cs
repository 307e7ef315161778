namespace Analys.Measure.Areas.Study;

/// <summary>What a call asks of a gradient: ranks, and a rate with its count or events with theirs.</summary>
/// <param name="Rank">The column of ranks; 1 is the worst placed.</param>
/// <param name="Outcome">The column of rates; null where events are given.</param>
/// <param name="Events">The column of events; null where rates are given.</param>
/// <param name="Count">The column of persons.</param>
internal sealed record GradientTerms(string Rank, string? Outcome, string? Events, string Count)
{
    /// <summary>Which relative index.</summary>
    public RelativeIndex Relative { get; init; }

    /// <summary>Where the errors come from.</summary>
    public GradientError Error { get; init; }

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>Inequality of an outcome along ranked groups as records.</summary>
internal static class GradientStudy
{
    /// <summary>The slope index.</summary>
    public static Definition Slope { get; } = new(
        "slope-index-of-inequality", "Slope index of inequality", "Lutningsindex för ojämlikhet",
        "slope of the count-weighted regression of the rate on the ridit, from the worst placed to the best", Units.Index, ValueRange.Any,
        "Mackenbach & Kunst 1997, Soc Sci Med 44(6)")
    {
        Tells = Tells.Summary,
        SwedishFormula = "lutningen i en viktad regression av andelen på den relativa rangen, från sämst till bäst ställda",
        Options = AreaOptions.Gradient,
    };

    /// <summary>The relative index.</summary>
    public static Definition Relative { get; } = new(
        "relative-index-of-inequality", "Relative index of inequality", "Relativt index för ojämlikhet",
        "fitted rate at ridit 1 / fitted rate at ridit 0", Units.Ratio, ValueRange.Any, "Mackenbach & Kunst 1997, Soc Sci Med 44(6)")
    {
        Tells = Tells.Summary,
        SwedishFormula = "skattad andel vid relativ rang 1 / vid relativ rang 0",
        Options = [AreaOptions.Relative, .. AreaOptions.Gradient],
    };

    /// <summary>The concentration index.</summary>
    public static Definition Concentration { get; } = new(
        "concentration-index", "Concentration index", "Koncentrationsindex", "2/μ · cov(rate, ridit)", Units.Index, ValueRange.Any,
        "Kakwani, Wagstaff & van Doorslaer 1997, J Econometrics 77(1)")
    {
        Tells = Tells.Summary,
        Options = AreaOptions.Gradient,
    };

    /// <summary>Erreygers' index.</summary>
    public static Definition Erreygers { get; } = new(
        "erreygers", "Erreygers' concentration index", "Erreygers koncentrationsindex", "4μ·C", Units.Index, new ValueRange(-1, 1),
        "Erreygers 2009, J Health Econ 28(2)")
    {
        Tells = Tells.Summary,
        Options = AreaOptions.Gradient,
    };

    /// <summary>Wagstaff's index.</summary>
    public static Definition Wagstaff { get; } = new(
        "wagstaff", "Wagstaff's concentration index", "Wagstaffs koncentrationsindex", "C/(1 − μ)", Units.Index, new ValueRange(-1, 1),
        "Wagstaff 2005, Health Econ 14(4)")
    {
        Tells = Tells.Summary,
        Options = AreaOptions.Gradient,
    };

    /// <summary>The points of the curve: cumulative shares of persons and of the outcome, from the worst placed.</summary>
    public static Definition Curve { get; } = new(
        "concentration-curve", "Concentration curve", "Koncentrationskurva",
        "cumulative share of persons (x), of the outcome (y), from the worst placed", Units.Share, ValueRange.Unit,
        "Wagstaff, Paci & van Doorslaer 1991, Soc Sci Med 33(5)")
    {
        Tells = Tells.Summary,
        SwedishFormula = "ackumulerad andel av personerna (x) och av utfallet (y), från de sämst ställda",
    };

    /// <summary>The gradients of all periods of a table.</summary>
    public static Results Of(Extract extract, GradientTerms terms)
    {
        var results = AreaInputs.Periods(extract, terms.Rank, terms.Outcome, terms.Events, terms.Count)
            .SelectMany(period => Of(period, terms)).ToList();
        return new Results(results, extract.Confidentiality, extract.Provenance.With("gradient over ranked groups"));
    }

    private static IEnumerable<Result> Of(AreaInputs table, GradientTerms terms)
    {
        double[] ranks = table.Numbers(terms.Rank), counts = table.Counts(terms.Count);
        if (ranks.Any(double.IsNaN)) throw new AreaModelException("a row has no rank");
        double[] events = terms.Events is { } column
            ? table.Counts(column)
            : [.. table.Numbers(terms.Outcome!).Select((rate, i) => counts[i] == 0 ? 0 : rate * counts[i])];
        if (events.Any(double.IsNaN)) throw new AreaModelException("a row has no outcome");
        var gradient = Gradient.Of(ranks, counts, events, terms.Error, terms.Level);
        var parameters = AreaRecords.None.Add("error", terms.Error == GradientError.Binomial ? "binomial" : "residuals");
        // Whoever knows all groups but one could work that one out: the smallest group decides.
        var smallest = gradient.Groups.MinBy(group => Math.Min(group.Count * group.Rate, group.Count * (1 - group.Rate)));
        var basis = new Basis(Math.Round(smallest.Count * smallest.Rate), Math.Round(smallest.Count))
        {
            Parts = [.. gradient.Groups.SelectMany(group => (double[])[Math.Round(group.Count * group.Rate),
                Math.Round(group.Count * (1 - group.Rate)), Math.Round(group.Count)])],
        };
        Estimated[] Values(Gradient of) => [of.Slope, of.Relative(terms.Relative), of.Concentration, of.Erreygers, of.Wagstaff];
        var moves = AreaRecords.Moves(events, counts,
            changed => [.. Values(Gradient.Of(ranks, counts, changed, terms.Error, terms.Level)).Select(value => value.Value)]);
        var values = Values(gradient);
        Definition[] measures = [Slope, Relative, Concentration, Erreygers, Wagstaff];
        for (var k = 0; k < measures.Length; k++)
        {
            var form = terms.Relative switch { RelativeIndex.Mean => "mean", RelativeIndex.LogBinomial => "log-binomial", _ => "fit" };
            yield return AreaRecords.Of(
                measures[k], values[k], measures[k] == Relative ? parameters.Add("form", form) : parameters, null, table.Period)
                with
            { N = gradient.Total, Basis = AreaRecords.Summary(basis, moves[k]) };
        }

        if (gradient.Mean == 0) yield break;
        var points = new List<(double, double)> { (0, 0) };
        double persons = 0, outcomes = 0;
        foreach (var group in gradient.Groups)
        {
            persons += group.Count / gradient.Total;
            outcomes += group.Count * group.Rate / gradient.Total / gradient.Mean;
            points.Add((Math.Min(1, persons), Math.Min(1, outcomes)));
        }

        var curve = AreaRecords.Of(Curve, new(Quantity.Known(0)), AreaRecords.None, null, table.Period) with
        {
            N = gradient.Total,
            Basis = AreaRecords.Summary(basis, 1 / Math.Min(gradient.Total, gradient.Total * gradient.Mean)),
        };
        foreach (var point in CurvePoints.Of(curve, points)) yield return point;
    }
}
