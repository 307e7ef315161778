using System.Globalization;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Report.Charts;

/// <summary>Which counts stand behind a column of shares: a table says seldom whether <c>antal</c> is everyone or those who are
/// meant.</summary>
/// <remarks>
/// Tried in this order, on all rows at once and within the digits that the shares are written with: two columns whose ratio the shares are;
/// a column of everyone, of whom the shares make whole numbers; a column of those who are meant. Where the second cannot be ruled out the
/// numbers are taken to be everyone's: those who are meant are then fewer, and what is withheld for it is withheld on the safe side.
/// </remarks>
internal sealed class ShareCounts
{
    private const double Near = 1e-9;
    private const int MostDecimals = 10;
    private readonly NumberColumn shares;
    private readonly double factor;
    private readonly double half;
    private readonly NumberColumn? some;
    private readonly NumberColumn? all;

    private ShareCounts(NumberColumn shares, double factor, IReadOnlyList<NumberColumn> counts)
    {
        this.shares = shares;
        this.factor = factor;
        half = (0.5 * factor * Math.Pow(10, -Decimals(shares))) + Near;
        foreach (var whole in counts)
        {
            if (counts.FirstOrDefault(part => part != whole && Fits(part, whole)) is not { } part) continue;
            (some, all) = (part, whole);
            return;
        }

        all = counts.FirstOrDefault(column => column.Field.Role == Role.Total && MakesWhole(column)) ?? counts.FirstOrDefault(MakesWhole);
        if (all is null) some = counts.FirstOrDefault(column => column.Field.Role == Role.Count);
    }

    /// <summary>The counts behind a column of shares; null where the table has none.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="shares">The shares.</param>
    /// <param name="factor">What makes a share of a value: 0.01 of per cent.</param>
    public static ShareCounts? Of(Extract extract, NumberColumn shares, double factor)
    {
        List<NumberColumn> counts = [.. extract.Columns.OfType<NumberColumn>().Where(other => other != shares
            && other.Field.Role is Role.Count or Role.Total && other.Field.Period == shares.Field.Period
            && other.Field.Population == shares.Field.Population)];
        return counts.Count == 0 ? null : new(shares, factor, counts);
    }

    /// <summary>The counts of a row; null where it has none.</summary>
    public Basis? At(int row)
    {
        if (Share(row) is not { } share || share is not (>= 0 and <= 1)) return null;
        var (part, whole) = (some is null ? null : At(some, row), all is null ? null : At(all, row));
        if (part is null && whole is null) return null;
        if (whole is null && share == 0) return null;
        return new Basis(part ?? Math.Round(whole!.Value * share), whole ?? Math.Round(part!.Value / share));
    }

    private bool Fits(NumberColumn part, NumberColumn whole) => Every(row => At(part, row) is not { } x || At(whole, row) is not { } n
        ? null : n > 0 && Math.Abs((x / n) - Share(row)!.Value) <= half);

    private bool MakesWhole(NumberColumn whole) => Every(row => At(whole, row) is not { } n ? null
        : Math.Abs((n * Share(row)!.Value) - Math.Round(n * Share(row)!.Value)) <= n * half);

    // Of the rows that can tell all, and one at least.
    private bool Every(Func<int, bool?> holds)
    {
        var told = false;
        for (var row = 0; row < shares.Count; row++)
        {
            if (Share(row) is null || holds(row) is not { } does) continue;
            if (!does) return false;
            told = true;
        }

        return told;
    }

    private double? Share(int row) => At(shares, row) * factor;

    private static double? At(NumberColumn column, int row) => column.MarkAt(row) == Mark.None && double.IsFinite(column.Values[row])
        ? column.Values[row] : null;

    private static int Decimals(NumberColumn column)
    {
        var most = 0;
        for (var row = 0; row < column.Count; row++)
        {
            if (At(column, row) is not { } value) continue;
            var text = Math.Round(value, MostDecimals).ToString("0.##########", CultureInfo.InvariantCulture);
            if (text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point) most = Math.Max(most, text.Length - point - 1);
        }

        return most;
    }
}
