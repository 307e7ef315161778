using System.Globalization;
using System.Text;
using Analys.Database.Contract;

namespace Analys.Database.Sql;

/// <summary>A statement and its parameters: values never become text.</summary>
internal sealed class Statement(SqlDialect dialect)
{
    private readonly List<object> values = [];
    private readonly Dictionary<object, string> names = [];

    public SqlDialect Dialect => dialect;

    public IReadOnlyList<object> Values => values;

    /// <summary>The name of a parameter with this value.</summary>
    public string Parameter(object value)
    {
        if (names.TryGetValue(value, out var known)) return known;
        var name = string.Create(CultureInfo.InvariantCulture, $"@p{values.Count}");
        values.Add(value);
        return names[value] = name;
    }

    /// <summary>A number as a double of the engine.</summary>
    public string Number(double value) => $"cast({Parameter(value)} as {dialect.Real})";

    public string Real(string expression) => $"cast({expression} as {dialect.Real})";

    public string One => $"cast(1 as {dialect.Real})";

    public string Zero => $"cast(0 as {dialect.Real})";

    public string Flag(string condition) => $"case when {condition} then {One} else {Zero} end";

    public string Where(string condition, string value) => $"case when {condition} then {value} else {Zero} end";

    /// <summary>The bin of an income by a tree of comparisons: as exact as the comparisons of the engine.</summary>
    public string BinTree(string income, ReadOnlySpan<double> pivots, int first = 0)
    {
        if (pivots.IsEmpty) return first.ToString(CultureInfo.InvariantCulture);
        var middle = pivots.Length / 2;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"case when {income} <= {Parameter(pivots[middle])} then ");
        text.Append(BinTree(income, pivots[..middle], first)).Append(" else ").Append(BinTree(income, pivots[(middle + 1)..], first + middle + 1)).Append(" end");
        return text.ToString();
    }

    /// <summary>How many times the bootstrap draws the cluster of a key.</summary>
    public string Draws(string key, PoissonReplicate replicate)
    {
        var modulus = PoissonReplicate.FirstModulus.ToString(CultureInfo.InvariantCulture);
        var x = $"((cast({key} as {dialect.Whole}) % {modulus} + {modulus}) % {modulus})";
        foreach (var (factor, addend, mod) in replicate.Steps) x = string.Create(CultureInfo.InvariantCulture, $"(({x} * cast({factor} as {dialect.Whole}) + cast({addend} as {dialect.Whole})) % {mod})");
        // Who has no key cannot be drawn and keeps the weight.
        var text = new StringBuilder($"case when {key} is null then 1");
        for (var times = 0; times < PoissonReplicate.Limits.Length; times++) text.Append(CultureInfo.InvariantCulture, $" when {x} < {PoissonReplicate.Limits[times]} then {times}");
        return text.Append(CultureInfo.InvariantCulture, $" else {PoissonReplicate.Limits.Length} end").ToString();
    }
}
