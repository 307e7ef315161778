using System.Security.Cryptography;
using System.Text;

namespace Analys.Disclosure;

/// <summary>Gives the cells of different tables of one extract names under which the same people are recognised, and hashes them.</summary>
/// <remarks>
/// A cell is what it counts, in which population, and the dimension values that narrow it; totals narrow nothing. So the margin
/// <c>Bromma|T</c> of a table by area and family is the cell <c>Bromma</c> of a table by area. A district is the same in whatever column it stands.
/// </remarks>
public sealed class CellIdentity
{
    private readonly string measure;
    private readonly (string Column, string Value)[] population;
    private readonly string[] dimensions;
    private string? counted;

    /// <summary>Describes a table.</summary>
    /// <param name="measure">What is counted, such as <c>income-support</c>; <c>persons</c> are those whom every measure counts.</param>
    /// <param name="population">Who, such as <c>0-17, sex=woman</c>; of ages the ledger knows which lie within which.</param>
    /// <param name="dimensions">The names of the dimensions, in the order of the ids.</param>
    public CellIdentity(string measure, string population, params IReadOnlyList<string> dimensions)
    {
        ArgumentNullException.ThrowIfNull(population);
        this.measure = measure;
        this.population = [.. Narrowing.Parts(population)];
        this.dimensions = [.. dimensions];
    }

    /// <summary>The names of a <see cref="ComplementTable"/>: <paramref name="all"/> are counted, some of them are <paramref name="counted"/>.</summary>
    /// <param name="counted">What the cells of those counted are called in a table of their own.</param>
    /// <param name="all">What everyone is called.</param>
    /// <param name="population">Who.</param>
    /// <param name="dimensions">The dimensions but the last.</param>
    public static CellIdentity WithComplement(string counted, string all, string population, params IReadOnlyList<string> dimensions) => new(all, population, dimensions) { counted = counted };

    /// <summary>The cell's name across tables.</summary>
    public string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var values = id.Split('|');
        var what = measure;
        if (counted is not null)
        {
            // Those counted are the same persons whether the others stand beside them or not.
            what = values[^1] switch { ComplementTable.Counted => counted, ComplementTable.Others => $"not {counted}", _ => measure };
            values = values[..^1];
        }

        if (values.Length != dimensions.Length) throw new TableModelException("A cell has not as many values as the table has dimensions.", id);
        var (ages, narrowing) = Narrowing.Of(population.Concat(dimensions.Zip(values).Where(pair => pair.Second != TableCell.Total)));
        return new LedgerName(what, "", ages, narrowing).ToString();
    }

    /// <summary>The names of the dimensions.</summary>
    public override string ToString() => string.Join(' ', dimensions);

    /// <summary>HMAC-SHA-256 of a name under a key, in lower-case hexadecimal.</summary>
    /// <remarks>The source's own hash is the key, so that the same cell of another source is not recognised.</remarks>
    public static string Hash(string key, string name) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(name)));
}
