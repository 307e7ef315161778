using System.Security.Cryptography;
using System.Text;

namespace Analys.Disclosure;

/// <summary>Gives the cells of different tables of one extract names under which the same people are recognised, and hashes them.</summary>
/// <remarks>
/// A cell is what it counts, in which population, and the dimension values that narrow it; totals narrow nothing. So the margin
/// <c>Bromma|T</c> of a table by area and family is the cell <c>Bromma</c> of a table by area.
/// </remarks>
public sealed class CellIdentity
{
    private readonly string measure;
    private readonly string population;
    private readonly string[] dimensions;

    /// <summary>Describes a table.</summary>
    /// <param name="measure">What is counted, such as <c>income-support</c>.</param>
    /// <param name="population">Who, such as <c>age=0-17</c>; tables of nested populations differ here.</param>
    /// <param name="dimensions">The names of the dimensions, in the order of the ids.</param>
    public CellIdentity(string measure, string population, params IReadOnlyList<string> dimensions)
    {
        this.measure = measure;
        this.population = population;
        this.dimensions = [.. dimensions];
    }

    /// <summary>The cell's name across tables.</summary>
    public string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var values = id.Split('|');
        if (values.Length != dimensions.Length) throw new TableModelException("A cell has not as many values as the table has dimensions.", id);
        var narrowing = new List<string>();
        for (var d = 0; d < values.Length; d++) if (values[d] != TableCell.Total) narrowing.Add($"{dimensions[d]}={values[d]}");
        narrowing.Sort(StringComparer.Ordinal);
        return $"{measure}\n{population}\n{string.Join('\n', narrowing)}";
    }

    /// <summary>HMAC-SHA-256 of a name under a key, in lower-case hexadecimal.</summary>
    /// <remarks>The extract's own hash is the key, so that the same cell of another extract is not recognised.</remarks>
    public static string Hash(string key, string name) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(name)));
}
