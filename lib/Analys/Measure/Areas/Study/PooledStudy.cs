using Analys.Domain;
using Analys.Measure.Study;

namespace Analys.Measure.Areas.Study;

/// <summary>What a call asks of pooled years.</summary>
/// <param name="Outcome">The column of the outcome: 0 or 1, or an amount.</param>
/// <param name="Period">The column of periods.</param>
/// <param name="Key">The column that tells persons (or households) apart, the same over periods.</param>
internal sealed record PooledTerms(string Outcome, string Period, string Key)
{
    /// <summary>The column of weights; null for one each.</summary>
    public string? Weight { get; init; }

    /// <summary>The column of strata; null for one.</summary>
    public string? Stratum { get; init; }

    /// <summary>The column of areas; null for the whole alone.</summary>
    public string? Area { get; init; }

    /// <summary>How many successive periods are pooled; null for each by itself, and all together.</summary>
    public int? Window { get; init; }

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>Means of several periods whose samples share persons, and changes between them, as records.</summary>
internal static class PooledStudy
{
    private const string Paper = "Kish 1965, Survey Sampling, ch. 12; Berger 2004, Canadian J. Statistics 32(4)";

    /// <summary>The mean of periods.</summary>
    public static Definition Rate { get; } = new(
        "pooled-rate", "Mean over pooled periods", "Medelvärde över sammanslagna perioder",
        "mean over periods t of Σwy/Σw; variance Σ_s Σ_t cov(s, t)/T², the covariance from persons in both", Units.Outcome,
        ValueRange.Any, Paper)
    {
        SwedishFormula = "medelvärde över perioder t av Σwy/Σw; felet räknar med dem som är med i flera perioder",
        Tells = Tells.Amount,
        Options = [AreaOptions.Window, AreaOptions.Level],
    };

    /// <summary>The change.</summary>
    public static Definition Change { get; } = new(
        "pooled-change", "Change between pooled periods", "Förändring mellan sammanslagna perioder",
        "pooled-rate of the later periods − of the earlier; variance with the covariance of persons in both", Units.Outcome, ValueRange.Any,
        Paper)
    {
        SwedishFormula = "de senare perioderna minus de tidigare; felet räknar med dem som är med i båda",
        Tells = Tells.Amount,
        Options = [AreaOptions.Window, AreaOptions.Level],
    };

    /// <summary>The persons of two periods.</summary>
    public static Definition Shared { get; } = new(
        "shared-persons", "Persons in both periods", "Personer i båda perioderna", "number of keys that both have", Units.Count,
        ValueRange.NonNegative, Paper)
    {
        SwedishFormula = "antal nycklar som finns i båda",
        Tells = Tells.Counts,
        Counts = "persons of both periods",
        Options = [AreaOptions.Window],
    };

    /// <summary>The study of an extract.</summary>
    /// <exception cref="AreaModelException">The columns do not allow it.</exception>
    public static Results Of(Extract extract, PooledTerms terms)
    {
        var table = AreaInputs.Periods(extract, [terms.Period, terms.Outcome, terms.Key, terms.Weight, terms.Stratum, terms.Area])[0];
        string?[] labels = terms.Area is null ? new string?[table.Count] : table.Texts(terms.Area);
        string?[] periods = table.Texts(terms.Period), keys = table.Texts(terms.Key);
        var strata = terms.Stratum is null ? null : table.Texts(terms.Stratum);
        double[] all = table.Numbers(terms.Outcome);
        int[] together = table.Households();
        double[] weights = terms.Weight is null ? [.. all.Select(_ => 1.0)] : table.Counts(terms.Weight);
        // Who has no outcome, or no weight, takes no part; who has no key cannot be told from others.
        int[] rows = [.. Enumerable.Range(0, table.Count).Where(i => double.IsFinite(all[i]) && weights[i] > 0 && periods[i] is not null)];
        if (rows.Any(i => keys[i] is null))
            throw new AreaModelException("a row has no key: persons of different periods cannot be told apart");
        if (strata is not null && rows.Any(i => strata[i] is null)) throw new AreaModelException("a row has no stratum");
        string[] names = [.. rows.Select(i => periods[i]!).Distinct(StringComparer.Ordinal).Order(PeriodOrder.InTime)];
        if (names.Length < 2) throw new AreaModelException("pooling needs at least two periods");
        if (terms.Window > names.Length) throw new AreaModelException("there are fewer periods than are to be pooled");
        var share = rows.All(i => all[i] is 0 or 1);
        List<Result> results = [];
        foreach (var area in new string?[] { null }.Concat(terms.Area is null ? []
            : rows.Select(i => labels[i]).OfType<string>().Distinct(StringComparer.Ordinal).Order(SwedishOrder.Comparer)))
        {
            int[] own = area is null ? rows : [.. rows.Where(i => labels[i] == area)];
            // An area that some period lacks has no change; the periods that it has are pooled.
            string[] there = [.. names.Where(name => own.Any(i => periods[i] == name))];
            if (there.Length < 2 || terms.Window > there.Length) continue;
            results.AddRange(Records(area, there, own));
        }

        return new Results(results, extract.Confidentiality, extract.Provenance.With("pooled periods, errors by persons in several"));

        IEnumerable<Result> Records(string? area, string[] there, int[] own)
        {
            var number = new Dictionary<string, int>(StringComparer.Ordinal);
            int Number(string text) => number.TryGetValue(text, out var known) ? known : number[text] = number.Count;
            int[] yearOf = [.. own.Select(i => Array.IndexOf(there, periods[i]))], keyOf = [.. own.Select(i => Number(keys[i]!))];
            int[] familyOf = Families(keyOf, yearOf, [.. own.Select(i => together[i])]);
            double[] y = [.. own.Select(i => all[i])], w = [.. own.Select(i => weights[i])];
            string[] levels = strata is null ? [] : [.. own.Select(i => strata[i]!).Distinct(StringComparer.Ordinal)];
            var pooled = PooledYears.Of(yearOf, keyOf, y, w, strata is null ? [] : [.. own.Select(i => Array.IndexOf(levels, strata[i]))],
                there.Length);
            var size = terms.Window ?? 1;
            int[][] windows = [.. Enumerable.Range(0, there.Length - size + 1).Select(from => Enumerable.Range(from, size).ToArray())];
            double[] Factors(int[] window) => [.. there.Select((_, t) => window.Contains(t) ? 1.0 / window.Length : 0)];
            foreach (var window in terms.Window is null ? windows.Append([.. Enumerable.Range(0, there.Length)]) : windows)
                yield return Record(Rate, Factors(window), window) with { Period = window.Length == 1 ? there[window[0]] : null };
            foreach (var (from, to) in Pairs(windows.Length, size))
            {
                double[] earlier = Factors(windows[from]), later = Factors(windows[to]);
                var change = Record(Change, [.. later.Select((factor, t) => factor - earlier[t])], [.. windows[from], .. windows[to]]);
                yield return change with
                {
                    Period = there[windows[to][^1]],
                    Parameters = AreaRecords.None.Add("from", Name(windows[from])).Add("to", Name(windows[to])),
                    Basis = change.Basis! with { IsComparison = true },
                };
            }

            for (var t = 1; t < there.Length; t++)
            {
                double shared = pooled.Shared(t - 1, t), persons = Persons(t);
                yield return AreaRecords.Of(Shared, new(Quantity.Known(shared)),
                    AreaRecords.None.Add("from", there[t - 1]).Add("to", there[t]), area, there[t])
                    with
                // Neither who came nor who left may be few: the smaller of the two years decides.
                { N = persons, Basis = new Basis(shared, Math.Min(persons, Persons(t - 1))) { Tells = Tells.Counts } };
            }

            double Persons(int year) => keyOf.Where((_, i) => yearOf[i] == year).Distinct().Count();
            string Name(int[] window) => string.Join(',', window.Select(t => there[t]));

            Result Record(Definition measure, double[] factors, int[] used)
            {
                var parameters = AreaRecords.None.Add("periods", Name(used));
                var record = AreaRecords.Of(measure, pooled.Combination(factors, terms.Level), parameters, area);
                return record with
                {
                    N = own.Where((_, i) => factors[yearOf[i]] != 0).Count(),
                    UnitOverride = share ? Units.Share : null,
                    Basis = Behind(factors) with
                    {
                        // Single periods stand beside; windows of several are what they are themselves.
                        Periods = used.Length == 1 || terms.Window > 1 ? [] : [.. used.Select(t => there[t])],
                    },
                };
            }

            // A share is protected by its counts. Where single periods are shown beside, the rest of the pool is one of them: the weakest
            // decides. It is exact where it is that of persons alike in weight, period by period: windows of several would tell each
            // period's number, since their denominators differ. An error holds those who are counted in two periods.
            Basis Counted(double[] factors, Basis amount)
            {
                int[] used = [.. Enumerable.Range(0, there.Length).Where(t => factors[t] != 0)];
                (double With, double All)[] cells = [.. used.Select(t => (
                    (double)y.Where((value, i) => yearOf[i] == t && value == 1).Count(), (double)yearOf.Count(year => year == t)))];
                var (with, all) = terms.Window > 1 ? (cells.Sum(cell => cell.With), cells.Sum(cell => cell.All))
                    : cells.MinBy(cell => Math.Min(cell.With, cell.All - cell.With));
                double[] total = new double[there.Length];
                for (var i = 0; i < y.Length; i++) total[yearOf[i]] += w[i];
                // What one who has it adds to the figure: that of another period or weight in his place is what stays open.
                var part = Enumerable.Range(0, y.Length).Where(i => factors[yearOf[i]] != 0)
                    .Select(i => (Year: yearOf[i], Part: factors[yearOf[i]] * w[i] / total[yearOf[i]])).ToArray();
                var alike = part.GroupBy(one => one.Year).All(year => year.All(one => one.Part == year.First().Part));
                return new Basis(with, all, amount.Contributors)
                {
                    Tells = Tells.Counts,
                    Parts = terms.Window > 1 ? [] : [.. cells.SelectMany(cell => (double[])[cell.With, cell.All - cell.With])],
                    IsWeighted = terms.Window > 1 || !alike,
                    Exchange = part.GroupBy(one => one.Part > 0).Max(side => StudyRecords.Exchange(
                        side.Select(one => Math.Abs(one.Part)), 1)),
                    Influence = amount.Influence,
                };
            }

            // A household's part in the figure, over all periods: that is how far it moves without the household, or without its money.
            Basis Behind(double[] factors)
            {
                double[] total = new double[there.Length];
                for (var i = 0; i < y.Length; i++) total[yearOf[i]] += w[i];
                var families = Enumerable.Range(0, y.Length).Where(i => factors[yearOf[i]] != 0).GroupBy(i => familyOf[i]).Select(family =>
                {
                    double leftOut = 0, money = 0, size = 0;
                    foreach (var year in family.GroupBy(i => yearOf[i]))
                    {
                        double weight = year.Sum(i => w[i]), sum = year.Sum(i => w[i] * y[i]), all = total[year.Key];
                        var (factor, rate, others) = (factors[year.Key], pooled.Rates[year.Key], all - weight);
                        leftOut += factor * (others > 1e-9 * all ? (sum - (weight * rate)) / others : rate);
                        money += factor * sum / all;
                        size += Math.Abs(factor * sum / all);
                    }

                    return (Moved: Math.Max(Math.Abs(leftOut), Math.Abs(money)), Size: size);
                }).ToArray();
                var amount = new Basis(null, yearOf.Count(year => factors[year] != 0), families.Length)
                {
                    Tells = Tells.Amount,
                    Influence = families.Max(family => family.Moved),
                    Largest = [.. families.Select(family => family.Size).OrderDescending().Take(3)],
                    Total = families.Sum(family => family.Size),
                };
                return share ? Counted(factors, amount) : amount;
            }
        }
    }

    // Persons who live together in any period are one household: its number may be another's the year after.
    private static int[] Families(int[] keys, int[] years, int[] households)
    {
        int[] leader = [.. Enumerable.Range(0, keys.Max() + 1)];
        int Of(int key) => leader[key] == key ? key : leader[key] = Of(leader[key]);
        var first = new Dictionary<(int Year, int Household), int>();
        for (var i = 0; i < keys.Length; i++)
        {
            if (!first.TryAdd((years[i], households[i]), keys[i])) leader[Of(keys[i])] = Of(first[(years[i], households[i])]);
        }

        return [.. keys.Select(Of)];
    }

    // Successive windows that share no period, and the first against the last.
    private static IEnumerable<(int From, int To)> Pairs(int windows, int size)
    {
        for (var to = size; to < windows; to++) yield return (to - size, to);
        if (windows - 1 > size) yield return (0, windows - 1);
    }
}
