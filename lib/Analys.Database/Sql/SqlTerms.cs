using System.Globalization;
using Analys.Database.Contract;

namespace Analys.Database.Sql;

/// <summary>The functions of income that are added up, as SQL.</summary>
internal static class SqlTerms
{
    private static readonly string Scale = Term.Scale.ToString("F1", CultureInfo.InvariantCulture) + "e0";

    /// <summary>The function times the weight w; a count has none.</summary>
    public static string Weighted(Statement s, Term term, string y) => term.Kind == TermKind.NonPositiveCount ? Of(s, term, y) : $"w * {Of(s, term, y)}";

    /// <summary>The function of an income.</summary>
    public static string Of(Statement s, Term term, string y)
    {
        var scaled = $"({y} / {Scale})";
        return term.Kind switch
        {
            TermKind.One => s.One,
            TermKind.Income => y,
            TermKind.NonPositiveCount => s.Flag($"{y} <= 0"),
            TermKind.Square => $"{scaled} * {scaled}",
            TermKind.PositiveWeight => s.Flag($"{y} > 0"),
            TermKind.PositiveIncome => s.Where($"{y} > 0", y),
            TermKind.Logarithm => s.Where($"{y} > 0", $"{s.Dialect.Logarithm}({y})"),
            TermKind.IncomeLogarithm => s.Where($"{y} > 0", $"{y} * {s.Dialect.Logarithm}({y})"),
            TermKind.Power => s.Where($"{y} > 0", $"power({scaled}, {s.Number(term.Power)})"),
            TermKind.PoorLogarithm => s.Where($"{y} > 0 and {Below(s, term, y)}", $"{s.Dialect.Logarithm}({s.Number(term.Line)} / {y})"),
            TermKind.Below => s.Flag(Below(s, term, y)),
            TermKind.IncomeBelow => s.Where(Below(s, term, y), y),
            TermKind.SquareBelow => s.Where(Below(s, term, y), $"{scaled} * {scaled}"),
            TermKind.Kernel => Kernel(s, term, y),
            _ => s.Where(Below(s, term, y), $"power(({s.Number(term.Line)} - {y}) / {s.Number(term.Line)}, {s.Number(term.Power)})"),
        };
    }

    private static string Below(Statement s, Term term, string y) => SumVariant.PoorBy(s, y, term.Line, term.Rule);

    // The power is the bandwidth; a line, where there is one, limits whose density it is.
    private static string Kernel(Statement s, Term term, string y)
    {
        var (at, bandwidth) = (s.Number(term.At), s.Number(term.Power));
        var near = $"{y} >= {s.Number(term.At - (6 * term.Power))} and {y} <= {s.Number(term.At + (6 * term.Power))}";
        var u = $"(({y} - {at}) / {bandwidth})";
        return s.Where(double.IsNaN(term.Line) ? near : $"{near} and {Below(s, term, y)}", $"exp(0 - {u} * {u} / 2)");
    }
}
