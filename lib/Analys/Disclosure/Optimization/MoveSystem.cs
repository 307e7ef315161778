namespace Analys.Disclosure;

/// <summary>The equations that every admissible change of a table must keep: A·z = 0, one column per variable.</summary>
/// <remarks>
/// Attack, suppression and audit all ask about <i>moves</i> z = y − a away from the true table a. A move keeps every published
/// equation, so its right-hand side is zero, and the true table (z = 0) is always a feasible start: no first phase is needed.
/// Swedish: <i>förskjutning</i>.
/// </remarks>
public sealed class MoveSystem
{
    private readonly List<int[]> columns = [];
    private readonly List<double[]> coefficients = [];

    /// <summary>Makes an empty system over a number of variables.</summary>
    /// <param name="variables">Number of columns.</param>
    public MoveSystem(int variables)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(variables);
        Variables = variables;
    }

    /// <summary>Number of columns.</summary>
    public int Variables { get; }

    /// <summary>Number of equations.</summary>
    public int Rows => columns.Count;

    /// <summary>Adds the equation Σ coefficient·z = 0.</summary>
    /// <param name="variables">The columns that take part, each once.</param>
    /// <param name="values">Their coefficients.</param>
    public void Add(int[] variables, double[] values)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(values);
        if (variables.Length != values.Length) throw new ArgumentException("As many coefficients as variables are needed.", nameof(values));
        columns.Add(variables);
        coefficients.Add(values);
    }

    /// <summary>The columns of one equation.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => columns[row];

    /// <summary>The coefficients of one equation, in the order of its columns.</summary>
    public ReadOnlySpan<double> CoefficientsOf(int row) => coefficients[row];

    /// <summary>Do these values keep every equation? Every move that is offered as a proof is checked, whatever solver it came from.</summary>
    public bool Holds(ReadOnlySpan<double> values)
    {
        for (var row = 0; row < Rows; row++)
        {
            double sum = 0, size = 1;
            var (variables, weights) = (columns[row], coefficients[row]);
            for (var k = 0; k < variables.Length; k++)
            {
                var term = weights[k] * values[variables[k]];
                sum += term;
                size = Math.Max(size, Math.Abs(term));
            }
            if (Math.Abs(sum) > 1e-6 * size) return false;
        }
        return true;
    }
}
