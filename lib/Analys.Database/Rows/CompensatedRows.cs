using Analys.Measure;

namespace Analys.Database.Rows;

/// <summary>The sums of each domain with what rounding took from them, so that a stream of a hundred million rows gives what memory
/// gives.</summary>
/// <param name="domains">How many domains.</param>
/// <param name="width">How many sums a domain has.</param>
internal sealed class CompensatedRows(int domains, Func<int, int> width)
{
    // Each sum beside what it lost.
    private readonly double[]?[] sums = new double[]?[domains];

    /// <summary>The sums of a domain that somebody is in, for <see cref="Add(double[], int, double)"/>.</summary>
    public double[] this[int domain] => sums[domain] ??= new double[2 * width(domain)];

    /// <summary>Adds to a sum.</summary>
    public void Add(int domain, int place, double term) => Add(this[domain], place, term);

    /// <summary>Adds to a sum of a domain.</summary>
    public static void Add(double[] row, int place, double term) => Compensated.Add(ref row[2 * place], ref row[(2 * place) + 1], term);

    /// <summary>Adds one to a count.</summary>
    public static void Count(double[] row, int place) => row[2 * place]++;

    /// <summary>Makes a sum the larger of what it is and a number.</summary>
    public static void Raise(double[] row, int place, double number) => row[2 * place] = Math.Max(row[2 * place], number);

    /// <summary>The sums; null for a domain that nobody is in.</summary>
    public double[]?[] Answer() => [.. sums.Select(row => row is null ? null
        : Enumerable.Range(0, row.Length / 2).Select(i => row[2 * i] + row[(2 * i) + 1]).ToArray())];
}
