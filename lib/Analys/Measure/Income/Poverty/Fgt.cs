using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Indicators;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Poverty;

/// <summary>The Foster-Greer-Thorbecke family: α = 0 the headcount, α = 1 the gap, α = 2 the severity.</summary>
/// <remarks>
/// P(α) = Σ w ((z − y) / z)^α [poor] / Σ w. With negative incomes a gap exceeds 1. Additive over groups: P = Σ_g (W_g / W) P_g.
/// Swedish: <i>fattigdomsandel, fattigdomsgap, fattigdomens svårighetsgrad</i>.
/// </remarks>
internal static class Fgt
{
    private const string Paper = "Foster, Greer & Thorbecke 1984, Econometrica 52(3)";

    /// <summary>The share below 60 % of the median, or below the chosen line, of the whole population.</summary>
    public static IncomeMeasure AtRiskOfPovertyRate { get; } = Make(
        new Definition("at-risk-of-poverty-rate", "At-risk-of-poverty rate", "Andel med risk för fattigdom",
            "Σ w [y < z] / Σ w, z = 60 % of the whole population's median", Units.Share, ValueRange.Unit,
            "Eurostat, ilc_li02; Commission Regulation (EC) 1980/2003")
        {
            SwedishFormula = "Σ w [y < z] / Σ w, z = 60 % av medianen i hela befolkningen",
        }, 0, 2);

    /// <summary>SCB's low economic standard: the same share, on disposable income per consumption unit.</summary>
    public static IncomeMeasure LowEconomicStandard { get; } = Make(
        new Definition("low-economic-standard", "Low economic standard", "Låg ekonomisk standard",
            "Σ w [y < z] / Σ w, y disposable income per consumption unit, z = 60 % of the national median", Units.Share, ValueRange.Unit,
            "SCB, Inkomster och skatter (HE0110)")
        {
            SwedishFormula = "Σ w [y < z] / Σ w, y disponibel inkomst per konsumtionsenhet, z = 60 % av rikets median",
        }, 0, 3);

    /// <summary>α = 0.</summary>
    public static IncomeMeasure Headcount { get; } = Make(
        new Definition("poverty-headcount", "Poverty headcount ratio", "Fattigdomsandel", "P0 = Σ w [poor] / Σ w", Units.Share,
            ValueRange.Unit, Paper), 0, 5);

    /// <summary>α = 1.</summary>
    public static IncomeMeasure Gap { get; } = Make(
        new Definition("poverty-gap", "Poverty gap index", "Fattigdomsgap", "P1 = Σ w (z − y) / z [poor] / Σ w", Units.Index,
            ValueRange.NonNegative, Paper), 1, 6);

    /// <summary>α = 2.</summary>
    public static IncomeMeasure Severity { get; } = Make(
        new Definition("poverty-severity", "Squared poverty gap", "Fattigdomens svårighetsgrad", "P2 = Σ w ((z − y) / z)² [poor] / Σ w",
            Units.Index, ValueRange.NonNegative, Paper), 2, 7);

    /// <summary>The family, with α = 2 where a call says nothing.</summary>
    public static IncomeMeasure Any { get; } = Of(2);

    /// <summary>Any α.</summary>
    /// <param name="alpha">The aversion to poverty, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is negative.</exception>
    public static IncomeMeasure Of(double alpha)
    {
        if (!(alpha >= 0) || !double.IsFinite(alpha))
            throw new ArgumentOutOfRangeException(nameof(alpha), "The aversion to poverty α must be 0 or above.");
        return Make(new Definition("fgt", "Foster-Greer-Thorbecke index", "Foster-Greer-Thorbecke-index",
            "P(α) = Σ w ((z − y) / z)^α [poor] / Σ w", Units.Index, ValueRange.NonNegative, Paper), alpha)
            with
        {
            Place = 8,
            Numbers = new([new("alpha", "2", "α of fgt and generalised-entropy, and of --decompose and --shapley")], numbers =>
                [Of(numbers[0])]),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("alpha", alpha.ToString(CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>The poor by income without social transfers, the line being that of disposable income.</summary>
    public static IncomeMeasure BeforeTransfers { get; } = Make(new Definition(
        "poverty-before-transfers", "Poverty before social transfers", "Fattigdom före transfereringar",
        "Σ w [y − transfers < z] / Σ w, z the line of disposable income", Units.Share, ValueRange.Unit, "Eurostat, ilc_li10"), 0, 13)
        with
    { Concept = IncomeConcept.BeforeTransfers };

    /// <summary>The poor by income after the cost of the dwelling.</summary>
    public static IncomeMeasure AfterHousingCosts { get; } = Make(new Definition(
        "poverty-after-housing-costs", "Poverty after housing costs", "Fattigdom efter boendekostnad",
        "Σ w [y − h < z] / Σ w, h the cost of the dwelling", Units.Share, ValueRange.Unit,
        "Department for Work and Pensions, Households Below Average Income: quality and methodology"), 0, 14)
        with
    { Concept = IncomeConcept.AfterHousing };

    /// <summary>The share below the line of a base year moved by prices.</summary>
    public static IncomeMeasure AnchoredAtRiskOfPovertyRate { get; } = Make(
        new Definition("anchored-at-risk-of-poverty-rate", "At-risk-of-poverty rate anchored in time",
            "Andel med risk för fattigdom, fast gräns", "Σ w [y < z_0 P_t / P_0] / Σ w, z_0 the line of the base year, P prices",
            Units.Share, ValueRange.Unit, "Eurostat, ilc_li22"), 0, 12)
        with
    { IsAnchored = true };

    private static IncomeMeasure Make(Definition definition, double alpha, int place = int.MaxValue) =>
        new(definition, (incomes, context) => Quantity.Known(Value(incomes, context, alpha)))
        {
            Place = place,
            Choices = Choices.Line | Choices.Poor,
            IsPoorShare = alpha == 0,
            SumPower = alpha is 0 or 1 or 2 ? (int)alpha : null,
            Within = ValueRange.Unit,
            ByHeadcount = headcount => headcount,
            Slope = (incomes, context) => Slope(incomes, context, alpha),
            Influence = (incomes, context, influence) =>
            {
                var value = Value(incomes, context, alpha);
                var poor = incomes.CountPoor(context.Line, context.Poor);
                for (var i = 0; i < influence.Length; i++)
                {
                    influence[i] = ((i < poor ? Power(1 - (incomes.Incomes[i] / context.Line), alpha) : 0) - value) / incomes.Total;
                }
            },
            Aggregate = alpha is 0 or 1 or 2 ? AggregateForm.OfSums
                : new(f => Quantity.Known(f.Of(TermKind.GapPower, alpha) / f.Weight)) { Terms = [(TermKind.GapPower, alpha)] },
            AggregateInfluence = new(f =>
                [(1 / f.Weight, Facts.Key(alpha == 0 ? TermKind.Below : TermKind.GapPower, alpha, f.Context)),
                    (-SumOf(f, alpha) / f.Weight / f.Weight, new Term(TermKind.One))])
            {
                Needs = AggregateForm.Asking with
                {
                    Terms = alpha is 0 or 1 or 2 ? [] : [(TermKind.GapPower, alpha)],
                    MoreTerms = alpha == 0 ? null : f => [Strict(f, alpha - 1), Strict(f, alpha)],
                },
                Densities = alpha == 0 ? f => [(f.Context.Line, false)] : null,
                // Σ w α g^(α − 1) y / z² = α (Σ w g^(α − 1) − Σ w g^α) / z, since y = z (1 − g).
                Slope = f => alpha == 0 ? f.Densities[(f.Context.Line, false)]
                    : alpha * (f.Terms[Strict(f, alpha - 1)] - f.Terms[Strict(f, alpha)]) / f.Context.Line / f.Weight,
            },
        };

    private static double SumOf(Facts f, double alpha) => alpha switch
    {
        0 => Math.Min(f.Sums.PoorWeight, f.Weight),
        1 => f.Sums.Gaps,
        2 => f.Sums.SquaredGaps,
        _ => f.Of(TermKind.GapPower, alpha),
    };

    private static Term Strict(Facts f, double power) => new(TermKind.GapPower, power, f.Context.Line);

    private static double Value(WeightedIncomes incomes, MeasureContext context, double alpha)
    {
        var poor = incomes.CountPoor(context.Line, context.Poor);
        var line = context.Line;
        if (alpha == 0)
        {
            // Exactly 1 where nobody else is there: an interval must not take the last digit of a sum for a difference.
            var counted = Compensated.Sum(incomes.Weights[..poor]);
            return counted / (counted + Compensated.Sum(incomes.Weights[poor..]));
        }

        var sum = default(Compensated);
        for (var i = 0; i < poor; i++) sum.Add(incomes.Weights[i] * Power((line - incomes.Incomes[i]) / line, alpha));
        return sum.Value / incomes.Total;
    }

    private static double Slope(WeightedIncomes incomes, MeasureContext context, double alpha)
    {
        if (alpha == 0) return QuantileInfluence.DensityAt(incomes, context.Line);
        double sum = 0, line = context.Line;
        var poor = incomes.CountPoor(line, PoorRule.Below);
        for (var i = 0; i < poor; i++)
        {
            sum += incomes.Weights[i] * alpha * Power((line - incomes.Incomes[i]) / line, alpha - 1) * incomes.Incomes[i] / (line * line);
        }

        return sum / incomes.Total;
    }

    private static double Power(double gap, double alpha) => alpha switch
    {
        0 => 1,
        1 => gap,
        2 => gap * gap,
        _ => Math.Pow(gap, alpha),
    };
}

/// <summary>Persons in households with income support, from the months of support in the year.</summary>
/// <remarks>
/// Persons whose months are not known are left out. Swedish: <i>andel i hushåll med ekonomiskt bistånd; långvarigt bistånd (minst tio
/// månader)</i>.
/// </remarks>
internal static class IncomeSupport
{
    /// <summary>At least one month in the year.</summary>
    public static IncomeMeasure Share { get; } = Make(IncomeSupportShare.Definition, 1);

    /// <summary>At least ten months of the calendar year.</summary>
    public static IncomeMeasure LongTermShare { get; } = Make(
        new Definition("long-term-income-support-share", "Share with long-term income support",
            "Andel i hushåll med långvarigt ekonomiskt bistånd", "Σ w [months ≥ 10] / Σ w", Units.Share, ValueRange.Unit,
            "Socialstyrelsen, Ekonomiskt bistånd; Kolada U31809"), 10);

    private static IncomeMeasure Make(Definition definition, int months)
    {
        var context = new MeasureContext(-months, Poor: PoorRule.AtOrBelow);
        var count = Fgt.Headcount;
        return new IncomeMeasure(definition, (incomes, _) => count.Formula(incomes, context))
        {
            Place = 14 + months,
            Concept = IncomeConcept.SupportMonths,
            OwnLine = -months,
            IsPoorShare = true,
            SumPower = 0,
            Influence = (incomes, _, influence) => count.Influence!(incomes, context, influence),
            Aggregate = AggregateForm.OfSums,
            // A share at or below a line of its own, which does not move.
            AggregateInfluence = new(f =>
                [(1 / f.Weight, new Term(TermKind.Below, 0, -months, PoorRule.AtOrBelow)),
                    (-Math.Min(f.Sums.PoorWeight, f.Weight) / f.Weight / f.Weight, new Term(TermKind.One))]),
        };
    }
}
