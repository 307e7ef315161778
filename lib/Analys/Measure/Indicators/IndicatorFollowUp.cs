using System.Collections.Immutable;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Measure.Indicators;

/// <summary>Follow-up as the boards do it: indicator, the council's target, the board's, the districts', what came out, and whether it is
/// met.</summary>
/// <remarks>Swedish: <i>måluppföljning</i>. A row whose districts do not make the board's target is a finding.</remarks>
internal static class IndicatorFollowUp
{
    /// <summary>The council's target for the whole city.</summary>
    public static Definition CouncilTarget { get; } =
        Make("indicator-council-target", "The council's target", "Kommunfullmäktiges årsmål", "as stated in the plan", "enligt planen");

    /// <summary>The board's own target.</summary>
    public static Definition BoardTarget { get; } =
        Make("indicator-board-target", "The board's target", "Nämndens årsmål", "as stated in the plan", "enligt planen");

    /// <summary>A district's target.</summary>
    public static Definition DistrictTarget { get; } =
        Make("indicator-district-target", "A district's target", "Stadsdelsområdets årsmål", "as stated in the plan", "enligt planen");

    /// <summary>What the districts' targets make together.</summary>
    public static Definition JointValue { get; } =
        Make("indicator-joint-value", "The joint unit's value from its districts", "Den gemensamma enhetens värde",
            "sum, or mean weighted with populations; without weights only its bounds",
            "summa, eller medelvärde vägt med befolkningen; utan vikter bara gränserna");

    /// <summary>What came out.</summary>
    public static Definition Outcome { get; } = Make("indicator-outcome", "Outcome", "Utfall", "as reported", "enligt uppföljningen");

    /// <summary>How much better than the target, in the indicator's direction.</summary>
    public static Definition Margin { get; } =
        Make("indicator-margin", "Margin to the target", "Marginal till målet",
            "value − target where higher is better, target − value where lower is better; the target is met when it is not negative",
            "värde − mål där högre är bättre, mål − värde där lägre är bättre; målet är nått när marginalen inte är negativ");

    /// <summary>What the rows of a column of amounts add up to.</summary>
    public static Definition AmountSum { get; } =
        Make("indicator-amount-sum", "Sum of amounts", "Summa", "sum of all rows but the totals", "summan av alla rader utom totalerna");

    /// <summary>Reads the indicators of a plan.</summary>
    /// <param name="extract">A table with the roles indicator, direction, aggregation, unitName and the targets.</param>
    public static IReadOnlyList<Indicator> Read(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var name = (TextColumn)extract.Get(Role.Indicator);
        var districts = Numbers(extract, Role.DistrictTarget);
        var outcomes = Numbers(extract, Role.Outcome);
        return [.. Enumerable.Range(0, extract.RowCount)
            .Where(row => name.Codes[row] >= 0 && !extract.Schema.Totals.Contains(name.Categories[name.Codes[row]]))
            .Select(row => new Indicator(
                name.Categories[name.Codes[row]],
                Word(extract, Role.UnitName, row) ?? "",
                ToDirection(Word(extract, Role.Direction, row)),
                ToAggregation(Word(extract, Role.Aggregation, row)),
                Number(extract.Find(Role.CouncilTarget), row),
                Number(extract.Find(Role.BoardTarget), row),
                [.. districts.Where(column => column.MarkAt(row) == Mark.None)
                    .Select(column => (column.Field.Title ?? column.Name, column.Values[row]))],
                [.. outcomes.Where(column => column.MarkAt(row) == Mark.None)
                    .Select(column => (column.Field.Period ?? column.Name, column.Values[row]))]))];
    }

    /// <summary>The indicators as results: targets, joint values, outcomes and margins.</summary>
    /// <param name="extract">The plan.</param>
    public static Results Of(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        return new Results(Read(extract).SelectMany(Records).Concat(Sums(extract)), extract.Confidentiality,
            extract.Provenance.With("follow-up of indicators"));
    }

    /// <summary>The rows whose districts' targets do not make the board's.</summary>
    /// <param name="extract">The plan.</param>
    public static IReadOnlyList<Finding> Check(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var file = extract.Provenance.Sources.Select(source => source.File).FirstOrDefault(extract.Schema.Name);
        // Row 1 is the header.
        var rows = Read(extract).Select((indicator, index) => (indicator, row: index + 2L)).Where(pair => pair.indicator.AddsUp() == false)
            .Select(pair =>
                new Finding("sum-error", file, pair.row, "board target", null, "a board target that the districts' targets make"));
        var totals = SumCheck.Of(extract).Where(check => !check.Agrees)
            .Select(check =>
                new Finding("sum-error", file, null, check.Column, null, $"the row {check.Total} to be the sum of the others"));
        return [.. rows, .. totals];
    }

    private static IEnumerable<Result> Records(Indicator indicator)
    {
        var joint = indicator.Joint();
        var (unit, factor) = Unit(indicator.Unit);
        Quantity Known(double value) => Quantity.Known(value * factor);
        Result Record(Definition measure, Quantity value, string? area = null, string? period = null, string? reference = null) => new()
        {
            Measure = measure,
            Area = area,
            Period = period,
            Group = indicator.Name,
            Reference = reference,
            Value = value,
            UnitOverride = unit,
            Parameters = ImmutableSortedDictionary<string,
            string>.Empty.Add("better", indicator.Direction == Direction.Lower ? "lower" : "higher"),
        };

        if (indicator.CouncilTarget is { } council) yield return Record(CouncilTarget, Known(council));
        if (indicator.BoardTarget is { } board) yield return Record(BoardTarget, Known(board));
        foreach (var (district, target) in indicator.DistrictTargets) yield return Record(DistrictTarget, Known(target), district);
        if (indicator.DistrictTargets.Count > 0 && indicator.Aggregation != Aggregation.None)
        {
            yield return Record(JointValue, joint.Value.Select(value => value * factor))
                with
            { Lower = joint.Lower * factor, Upper = joint.Upper * factor };
        }

        if (indicator is { BoardTarget: { } own, CouncilTarget: { } citywide, Unit: "procent" or "index" })
        {
            yield return Record(Margin, Known(indicator.Margin(own, citywide)), reference: "council target of the board target");
        }

        foreach (var (period, value) in indicator.Outcomes)
        {
            yield return Record(Outcome, Known(value), period: period);
            if (indicator.BoardTarget is { } target)
                yield return Record(Margin, Known(indicator.Margin(value, target)), period: period, reference: "board target");
        }
    }

    // The plans write percentages; results are fractions of one.
    private static (string Unit, double Factor) Unit(string word) => word switch
    {
        "procent" or "percent" => (Units.Share, 0.01),
        "antal" or "count" => (Units.Count, 1),
        "index" => (Units.Index, 1),
        _ => (word, 1),
    };

    private static IEnumerable<Result> Sums(Extract extract) => SumCheck.Of(extract)
        .Where(check => extract[check.Column].Field.Role == Role.Amount)
        .Select(check => new Result
        {
            Measure = AmountSum,
            Group = extract[check.Column].Field.Title ?? check.Column,
            Reference = check.Total,
            Value = Quantity.Known(Math.Round(check.Sum, 9)),
            UnitOverride = extract[check.Column].Field.Unit,
        });

    private static Definition Make(string id, string name, string swedish, string formula, string swedishFormula) => new(
        id, name, swedish, formula, Units.Count, ValueRange.Any, "Stockholms stad, ledningssystemet ILS")
    {
        SwedishFormula = swedishFormula,
        Tells = Tells.Counts,
        Counts = "nobody: a figure of the plan, published as it is",
    };

    private static NumberColumn[] Numbers(Extract extract, Role role) =>
        [.. extract.Columns.OfType<NumberColumn>().Where(column => column.Field.Role == role)];

    private static double? Number(Column? column, int row) =>
        column is NumberColumn number && number.MarkAt(row) == Mark.None ? number.Values[row] : null;

    private static string? Word(Extract extract, Role role, int row) =>
        extract.Find(role) is TextColumn column && column.Codes[row] >= 0 ? column.Categories[column.Codes[row]] : null;

    private static Direction ToDirection(string? word) => word is "lägre" or "lower" ? Direction.Lower : Direction.Higher;

    private static Aggregation ToAggregation(string? word) => word switch
    {
        "summa" or "sum" => Aggregation.Sum,
        "vägt medelvärde" or "weighted mean" => Aggregation.WeightedMean,
        _ => Aggregation.None,
    };
}

/// <summary>Whether a lower or a higher value is better.</summary>
internal enum Direction
{
    /// <summary>Lower is better. Swedish: <i>lägre</i>.</summary>
    Lower,

    /// <summary>Higher is better. Swedish: <i>högre</i>.</summary>
    Higher,
}

/// <summary>How the districts' values make a joint unit's.</summary>
internal enum Aggregation
{
    /// <summary>They do not: the unit has a value of its own.</summary>
    None,

    /// <summary>As their sum.</summary>
    Sum,

    /// <summary>As a mean weighted with the districts' populations.</summary>
    WeightedMean,
}

/// <summary>An indicator of a board's plan, in the city's management system ILS.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">percent, count or index, in the plan's own words.</param>
/// <param name="Direction">Whether a lower or a higher value is better.</param>
/// <param name="Aggregation">How the districts' values make the joint unit's.</param>
/// <param name="CouncilTarget">The council's target for the city. Swedish: <i>KF:s årsmål</i>.</param>
/// <param name="BoardTarget">The board's own target. Swedish: <i>nämndens årsmål</i>.</param>
/// <param name="DistrictTargets">The target of each district of a joint unit.</param>
/// <param name="Outcomes">What came out, by tertial or year.</param>
internal sealed record Indicator(
    string Name,
    string Unit,
    Direction Direction,
    Aggregation Aggregation,
    double? CouncilTarget,
    double? BoardTarget,
    IReadOnlyList<(string District, double Target)> DistrictTargets,
    IReadOnlyList<(string Period, double Value)> Outcomes)
{
    /// <summary>How much better than a target a value is, in the indicator's direction: negative when it is worse.</summary>
    /// <param name="value">The value.</param>
    /// <param name="target">The target.</param>
    public double Margin(double value, double target) => Direction == Direction.Higher ? value - target : target - value;

    /// <summary>The joint unit's value: the sum of the districts', or for a weighted mean the range that it must lie in.</summary>
    /// <param name="weights">The districts' weights, in their order; null where they are not known.</param>
    public (Quantity Value, double? Lower, double? Upper) Joint(IReadOnlyList<double>? weights = null)
    {
        if (DistrictTargets.Count == 0 || Aggregation == Aggregation.None) return (Quantity.Undefined("no districts' values"), null, null);
        double[] values = [.. DistrictTargets.Select(pair => pair.Target)];
        if (Aggregation == Aggregation.Sum) return (Quantity.Known(values.Sum()), null, null);
        if (weights is { } known && known.Sum() > 0)
            return (Quantity.Known(values.Zip(known, (value, weight) => value * weight).Sum() / known.Sum()), null, null);
        return values.Min() == values.Max()
            ? (Quantity.Known(values[0]), null, null)
            : (Quantity.Undefined("weights are not known"), values.Min(), values.Max());
    }

    /// <summary>Whether the board's target can be what the districts' targets make; null where there is nothing to check.</summary>
    public bool? AddsUp()
    {
        if (BoardTarget is not { } target) return null;
        var (value, lower, upper) = Joint();
        // Targets are written with at most two decimals.
        const double Rounding = 0.005 + 1e-9;
        if (value.HasNumber) return Math.Abs(value.Number - target) <= (Aggregation == Aggregation.Sum ? 1e-9 : Rounding);
        return lower is null ? null : target >= lower - Rounding && target <= upper + Rounding;
    }
}
