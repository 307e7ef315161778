using System.Globalization;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Areas;

/// <summary>One who knows everything but one number, and has the program: what it prints of another number tells whether that can be
/// the one behind the release.</summary>
/// <remarks>
/// He tries the numbers next to the true one; where none of them would have been printed as the release was, he has proved it. Values,
/// errors and ends of intervals are compared within their steps. How the policy decided is not compared: the promise is made to those
/// who read figures as printed.
/// </remarks>
internal static class Candidates
{
    // Steps of an income that he would call another.
    private static readonly double[] Factors = [1.02, 0.98, 1.05, 0.95, 1.1, 0.9, 1.2, 0.8];

    // Left out where results leave the secure environment.
    private static readonly string[] Untold = ["fraction", "correlation"];

    /// <summary>What he can prove of a count.</summary>
    /// <param name="told">The released rows of every call.</param>
    /// <param name="calls">The calls on the input with another count; null where that is no input.</param>
    /// <param name="truth">The count.</param>
    /// <param name="all">The most that it can be.</param>
    public static Task<Claim> Count(IReadOnlyList<IReadOnlyList<Row>> told, Func<double, IReadOnlyList<string[]>> calls, double truth,
        double all) => Try(told, calls, truth, [.. new[] { 1.0, -1, 2, -2, 3, -3 }.Select(by => truth + by).Where(k => k >= 0 && k <= all)],
            isIncome: false);

    /// <summary>What he can prove of an income.</summary>
    public static Task<Claim> Income(IReadOnlyList<IReadOnlyList<Row>> told, Func<double, IReadOnlyList<string[]>> calls, double truth) =>
        Try(told, calls, truth, [.. Factors.Select(factor => Math.Round(truth * factor))], isIncome: true);

    private static async Task<Claim> Try(IReadOnlyList<IReadOnlyList<Row>> told, Func<double, IReadOnlyList<string[]>> calls, double truth,
        double[] others, bool isIncome)
    {
        var known = await Printed(calls(truth));
        if (!told.SelectMany(rows => rows).Any(row => row.Value is not null))
            return new("nothing was told", 0, Math.Max(1, 2 * truth), truth, isIncome);
        var against = "";
        foreach (var other in others)
        {
            if (Against(told, await Printed(calls(other)), known) is not { } row)
                return new("one number", Math.Min(truth, other), Math.Max(truth, other), truth, isIncome);
            against += string.Create(CultureInfo.InvariantCulture, $"; {other} by {row}");
        }

        return new($"one number{against}", truth, truth, truth, isIncome);
    }

    private static async Task<IReadOnlyList<Dictionary<string, Row>>> Printed(IReadOnlyList<string[]> calls)
    {
        var printed = new List<Dictionary<string, Row>>();
        foreach (var call in calls)
        {
            var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
            // A model that has no fit for a number prints nothing: the release did.
            var run = await Command.Run([.. call, "--confidential", "--format", "json"]);
            if (run.Code == 0) foreach (var row in Command.Read(run.Output)) rows.TryAdd(Key(row), row);
            printed.Add(rows);
        }

        return printed;
    }

    // The row that speaks against another number; null where none does.
    private static string? Against(IReadOnlyList<IReadOnlyList<Row>> told, IReadOnlyList<Dictionary<string, Row>> other,
        IReadOnlyList<Dictionary<string, Row>> known)
    {
        for (var call = 0; call < told.Count; call++)
        {
            foreach (var row in told[call])
            {
                // What is made at the gate alone has no other side.
                if (row.Value is null || !known[call].TryGetValue(Key(row), out var true_) || true_.Value is null) continue;
                if (!other[call].TryGetValue(Key(row), out var would) || would.Value is null) return $"{Key(row)} not there";
                foreach (var (what, printed, is_, other_) in (ReadOnlySpan<(string, double?, double?, double?)>)[
                    ("value", row.Value, true_.Value, would.Value), ("error", row.Error, true_.Error, would.Error),
                    ("lower", row.Lower, true_.Lower, would.Lower), ("upper", row.Upper, true_.Upper, would.Upper)])
                {
                    if (!Fits(row, printed, is_, other_))
                        return string.Create(CultureInfo.InvariantCulture,
                            $"{Key(row)} {what} {printed} (step {row.Step}), {is_}, not {other_}");
                }
            }
        }

        return null;
    }

    // A value that is given exactly beside a rounded error is exact.
    private static bool Fits(Row row, double? told, double? truth, double? would)
    {
        if (told is not { } printed || truth is not { } known) return true;
        if (would is not { } number) return false;
        var slack = 1e-9 * Math.Max(1e-3, Math.Abs(printed));
        if (Math.Abs(printed - known) <= slack) return row.Step is > 0 and { } step && IsMultiple(printed, step)
            ? Math.Abs(number - printed) <= (step / 2) + slack : Math.Abs(number - printed) <= slack;
        // A changed count tells a range of a few.
        if (row.Step is null) return true;
        var (low, high) = row.Around(printed);
        return number >= low - slack && number <= high + slack;
    }

    private static bool IsMultiple(double value, double step) => Math.Abs((value / step) - Math.Round(value / step)) < 1e-6;

    private static string Key(Row row)
    {
        var options = row.Parameters.Where(pair => !Untold.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}");
        return string.Join('|', [row.Measure, row.Area, row.Period, row.Population, row.Group, row.Reference, .. options]);
    }
}
