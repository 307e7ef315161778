using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Measure.Source;

namespace Analys.Measure.Study.Beside;

/// <summary>Reads the columns that measures hold against the income: an outcome, sources of income, sex, age, deprivations.</summary>
internal static class Besides
{
    /// <summary>The role of the column that is ranked by income.</summary>
    public const string Outcome = "outcome";

    /// <summary>The role of a source of income.</summary>
    public const string Source = "source";

    /// <summary>1 for women, 0 for men.</summary>
    public const string Woman = "woman";

    /// <summary>1 from 65 years on, 0 below.</summary>
    public const string Senior = "senior";

    private static readonly string[] Women = ["kvinna", "kvinnor", "woman", "women", "female", "f", "k"];

    private static readonly string[] Men = ["man", "män", "men", "male", "m"];

    /// <summary>The columns that a call names, or that are there.</summary>
    public static ImmutableArray<BesideColumn> Of(Extract extract, PersonColumns columns, ReadOnlyMemory<double> incomes,
        ReadOnlyMemory<double> ages)
    {
        var all = ImmutableArray.CreateBuilder<BesideColumn>();
        if (columns.Outcome is { } outcome) all.Add(new(Outcome, outcome, extract.Number(outcome).Memory));
        foreach (var source in columns.Sources) all.Add(new(Source, source, extract.Number(source).Memory));
        if (columns.Sex is { } sex) all.Add(new(Woman, sex, Sides(extract, sex, columns.Woman)));
        if (columns.WantsSeniors && !ages.IsEmpty)
            all.Add(new(Senior, "age", ages.ToArray().Select(age => double.IsNaN(age) ? age : age >= 65 ? 1.0 : 0).ToArray()));
        if (columns.Dimensions is { } dimensions) all.AddRange(dimensions.Columns(extract, incomes));
        return all.ToImmutable();
    }

    private static double[] Sides(Extract extract, string name, string? woman)
    {
        var column = BreakdownReader.Of(extract[name], name, false);
        string[] values = [.. column.Values];
        var women = woman is not null ? Array.IndexOf(values, woman)
            : Array.FindIndex(values, value => Women.Contains(value, StringComparer.OrdinalIgnoreCase));
        if (women < 0 || values.Length != 2)
            throw new CallException($"--sex needs a column of two values, one of which stands for women: name it with --woman. {name} is "
                + "not such a column.");
        if (woman is null && !Men.Contains(values[1 - women], StringComparer.OrdinalIgnoreCase))
            throw new CallException("--sex: the other value is none that usually stands for men: name the women's with --woman.");
        return [.. column.Codes.ToArray().Select(code => code < 0 ? double.NaN : code == women ? 1.0 : 0)];
    }
}

/// <summary>What counts as deprived in each dimension, and how many dimensions make a person poor.</summary>
/// <param name="All">The dimensions.</param>
/// <param name="Cutoff">The share of the weights of dimensions from which a person is poor, above 0 and at most 1.</param>
/// <param name="Substitution">θ of Bourguignon and Chakravarty's index, at least 1: how little a smaller gap in one dimension makes up for
/// a larger one in another.</param>
internal sealed record Dimensions(ImmutableArray<Dimension> All, double Cutoff, double Substitution)
{
    /// <summary>The share of dimensions in which a person is deprived, with a minus before it so that the most deprived come
    /// first.</summary>
    public const string Score = "deprivation-score";

    /// <summary>The same with the gap to the cutoff of each dimension, or its square, in the place of 1; of the poor only.</summary>
    public const string Gap = "deprivation-gap", SquaredGap = "deprivation-squared-gap";

    /// <summary>Bourguignon and Chakravarty's sum of gaps: (Σ a_j gap_j^θ)^(1/θ).</summary>
    public const string Sum = "deprivation-sum";

    /// <summary>The poor's share of dimensions, with a minus before it where they are deprived in this one.</summary>
    public const string Part = "deprivation-part";

    /// <summary>−1 for who is deprived in a dimension; and is poor too.</summary>
    public const string Raw = "deprived", Censored = "deprived-and-poor";

    /// <summary>Reads <c>income&lt;120000</c>, <c>education&lt;=2:0.5</c>: column, cutoff, weight (1 where none is given).</summary>
    /// <exception cref="FormatException">A dimension is not written so.</exception>
    public static Dimensions Parse(IEnumerable<string> texts, double cutoff, double substitution = 1)
    {
        if (!(substitution >= 1 && substitution <= 100))
            throw new FormatException("--substitution is the power θ of bourguignon-chakravarty: from 1 to 100.");
        if (!(cutoff > 0 && cutoff <= 1)) throw new FormatException("--cutoff is the share of dimensions from which a person is poor: "
            + "above 0, at most 1.");
        return new([.. texts.Select(Dimension.Parse)], cutoff, substitution);
    }

    /// <summary>The columns of a person's deprivations. A person who is not known in a dimension has none.</summary>
    public IEnumerable<BesideColumn> Columns(Extract extract, ReadOnlyMemory<double> incomes)
    {
        var values = All.Select(dimension => dimension.Name == "income" && !extract.Has("income") ? incomes
            : extract.Number(dimension.Name).Memory)
            .ToArray();
        var total = All.Sum(dimension => dimension.Weight);
        var rows = extract.RowCount;
        double[] score = new double[rows], gap = new double[rows], squared = new double[rows], sum = new double[rows];
        var raw = All.Select(_ => new double[rows]).ToArray();
        var censored = All.Select(_ => new double[rows]).ToArray();
        var part = All.Select(_ => new double[rows]).ToArray();
        for (var row = 0; row < rows; row++)
        {
            var known = true;
            for (var j = 0; j < All.Length; j++)
            {
                var x = values[j].Span[row];
                known &= !double.IsNaN(x);
                if (!All[j].Deprived(x)) continue;
                var (share, missing) = (All[j].Weight / total, All[j].GapOf(x));
                raw[j][row] = -1;
                score[row] -= share;
                gap[row] += share * missing;
                squared[row] += share * missing * missing;
                sum[row] += share * (Substitution == 1 ? missing : Math.Pow(missing, Substitution));
            }

            if (Substitution != 1) sum[row] = Math.Pow(sum[row], 1 / Substitution);

            var poor = -score[row] >= Cutoff - 1e-9;
            if (!poor) (gap[row], squared[row]) = (0, 0);
            for (var j = 0; j < All.Length; j++)
            {
                censored[j][row] = known ? poor ? raw[j][row] : 0 : double.NaN;
                part[j][row] = !known ? double.NaN : !poor ? 0 : raw[j][row] < 0 ? score[row] : -score[row];
            }

            if (known) continue;
            (score[row], gap[row], squared[row], sum[row]) = (double.NaN, double.NaN, double.NaN, double.NaN);
            foreach (var column in raw) column[row] = double.NaN;
        }

        yield return new(Score, Name, score);
        yield return new(Gap, Name, gap);
        yield return new(SquaredGap, Name, squared);
        yield return new(Sum, Name, sum);
        for (var j = 0; j < All.Length; j++)
        {
            yield return new(Raw, All[j].ToString(), raw[j]);
            yield return new(Censored, All[j].ToString(), censored[j]);
            yield return new(Part, All[j].ToString(), part[j]) { Factor = All[j].Weight / total };
        }
    }

    private string Name => string.Join(' ', All);
}

/// <summary>A dimension of deprivation.</summary>
/// <param name="Name">The column.</param>
/// <param name="Cutoff">The value below which a person is deprived.</param>
/// <param name="OrOn">Whether a person on it is deprived too.</param>
/// <param name="Weight">The weight, above 0.</param>
internal sealed record Dimension(string Name, double Cutoff, bool OrOn, double Weight)
{
    /// <summary>Reads one.</summary>
    public static Dimension Parse(string text)
    {
        var at = text.IndexOf('<', StringComparison.Ordinal);
        var orOn = at >= 0 && at + 1 < text.Length && text[at + 1] == '=';
        var parts = at > 0 ? text[(at + (orOn ? 2 : 1))..].Split(':') : [];
        double weight = 1;
        return parts.Length is 1 or 2 && Number(parts[0]) is { } cutoff
            && (parts.Length == 1 || (Number(parts[1]) is { } given && (weight = given) > 0))
            ? new(text[..at].Trim(), cutoff, orOn, weight)
            : throw new FormatException("--dimensions are written column<cutoff or column<=cutoff, a weight after a colon: "
                + "income<120000,education<=2:0.5.");
    }

    /// <summary>Whether a value is a deprivation.</summary>
    public bool Deprived(double value) => value < Cutoff || (OrOn && value == Cutoff);

    /// <summary>How far below the cutoff a value is, as a share of it; 1 where the cutoff is not above zero.</summary>
    public double GapOf(double value) => Cutoff > 0 ? (Cutoff - value) / Cutoff : 1;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}{(OrOn ? "<=" : "<")}{Cutoff}:{Weight}");

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>Makes measures for the columns that a call names.</summary>
internal static class Bound
{
    /// <summary>The measures for each column of a role.</summary>
    /// <param name="persons">The persons.</param>
    /// <param name="role">The role.</param>
    /// <param name="needs">What is said where there is none: which option names it.</param>
    /// <param name="make">The measure of the column at a place.</param>
    /// <exception cref="CallException">There is none.</exception>
    public static IReadOnlyList<Income.IncomeMeasure> Each(PersonTable persons, string role, string needs,
        Func<BesideColumn, int, Income.IncomeMeasure> make)
    {
        var all = persons.Besides.Select((column, place) => (column, place)).Where(pair => pair.column.Role == role)
            .Select(pair => make(pair.column, pair.place)).ToArray();
        return all.Length > 0 ? all : throw new CallException(needs);
    }
}
