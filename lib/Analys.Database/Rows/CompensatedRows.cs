using Analys.Measure;

namespace Analys.Database.Rows;

/// <summary>The sums of each domain with what rounding took from them, so that a stream of a hundred million rows gives what memory
/// gives.</summary>
/// <param name="domains">How many domains.</param>
/// <param name="width">How many sums a domain has.</param>
internal sealed class CompensatedRows(int domains, Func<int, int> width)
{
    private readonly double[]?[] sums = new double[]?[domains];
    private readonly double[]?[] lost = new double[]?[domains];

    /// <summary>The sums of a domain that somebody is in.</summary>
    public double[] this[int domain]
    {
        get
        {
            if (sums[domain] is { } row) return row;
            lost[domain] = new double[width(domain)];
            return sums[domain] = new double[width(domain)];
        }
    }

    /// <summary>Adds to a sum.</summary>
    public void Add(int domain, int place, double term) => Compensated.Add(ref this[domain][place], ref lost[domain]![place], term);

    /// <summary>The sums; null for a domain that nobody is in.</summary>
    public double[]?[] Answer()
    {
        for (var domain = 0; domain < sums.Length; domain++)
        {
            if (sums[domain] is not { } row) continue;
            for (var i = 0; i < row.Length; i++) (row[i], lost[domain]![i]) = (row[i] + lost[domain]![i], 0);
        }

        return sums;
    }
}
