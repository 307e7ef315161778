namespace Analys.Disclosure.Suppression;

/// <summary>The moves found so far, and which needs they already meet.</summary>
internal sealed class MovePool
{
    private const double Slack = 1e-6;
    private readonly List<TableMove> moves = [];

    // By variable, in the order of the whole: a move goes through few cells of a large table, and is asked for by each of them, for every
    // insider.
    private readonly Dictionary<int, List<TableMove>> through = [];

    public void Add(TableMove move)
    {
        moves.Add(move);
        foreach (var variable in move.Variables)
        {
            if (!through.TryGetValue(variable, out var list)) through.Add(variable, list = []);
            list.Add(move);
        }
    }

    public IReadOnlyList<TableMove> Moves => moves;

    /// <summary>Forgets the moves that use a variable and hands them back.</summary>
    public List<TableMove> Drop(int variable)
    {
        if (!through.Remove(variable, out var dropped)) return [];
        var gone = dropped.ToHashSet();
        moves.RemoveAll(gone.Contains);
        foreach (var other in dropped.SelectMany(move => move.Variables.ToArray()).Distinct())
            if (other != variable) through[other].RemoveAll(gone.Contains);
        return dropped;
    }

    /// <summary>How far a variable can rise and fall by a single known move that leaves others alone.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="known">The insider's own variables, or null.</param>
    public (double Rise, double Fall) Room(int variable, int[]? known)
    {
        double rise = 0, fall = 0;
        if (!through.TryGetValue(variable, out var list)) return (0, 0);
        foreach (var move in list)
        {
            var amount = move[variable];
            if (amount == 0 || (known is not null && move.Touches(known))) continue;
            rise = Math.Max(rise, amount);
            fall = Math.Max(fall, -amount);
        }
        return (rise, fall);
    }

    /// <summary>Is the need met against everyone but insiders?</summary>
    public bool Meets(ProtectionNeed need)
    {
        var (rise, fall) = Room(need.Variable, null);
        return rise >= need.Up - Slack && fall >= need.Down - Slack && rise + fall >= need.Width - Slack;
    }

    /// <summary>Is the need met against the only contributor to other cells?</summary>
    public bool Meets(ProtectionNeed need, int[] known)
    {
        if (Array.IndexOf(known, need.Variable) >= 0) return true;
        var (rise, fall) = Room(need.Variable, known);
        return rise + fall >= need.Width - Slack;
    }
}

/// <summary>A whole-number move that keeps every equation: proof that the cells in it are not fixed by what is published.</summary>
internal sealed class TableMove
{
    private readonly int[] variables;
    private readonly double[] amounts;

    private TableMove(int[] variables, double[] amounts)
    {
        this.variables = variables;
        this.amounts = amounts;
    }

    /// <summary>The variables that move, ascending.</summary>
    public ReadOnlySpan<int> Variables => variables;

    /// <summary>Takes the non-zero part of a dense vector, times a factor.</summary>
    public static TableMove Of(ReadOnlySpan<double> values, double factor, bool whole)
    {
        var variables = new List<int>();
        var amounts = new List<double>();
        for (var v = 0; v < values.Length; v++)
        {
            var amount = values[v] * factor;
            if (whole) amount = Math.Round(amount);
            if (Math.Abs(amount) < 1e-7) continue;
            variables.Add(v);
            amounts.Add(amount);
        }
        return new TableMove([.. variables], [.. amounts]);
    }

    /// <summary>How far one variable moves.</summary>
    public double this[int variable]
    {
        get
        {
            var at = Array.BinarySearch(variables, variable);
            return at < 0 ? 0 : amounts[at];
        }
    }

    /// <summary>Does the move change any of these variables?</summary>
    public bool Touches(int[] others)
    {
        foreach (var variable in others) if (this[variable] != 0) return true;
        return false;
    }
}

/// <summary>The equations that every admissible change of a table must keep: A·z = 0, one column per variable.</summary>
/// <remarks>
/// Attack, suppression and audit all ask about <i>moves</i> z = y − a away from the true table a. A move keeps every published
/// equation, so its right-hand side is zero, and the true table (z = 0) is always a feasible start: no first phase is needed.
/// Swedish: <i>förskjutning</i>.
/// </remarks>
internal sealed class MoveSystem
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

    /// <summary>Do these values keep every equation? Every move that is offered as a proof is checked, whatever solver it came
    /// from.</summary>
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
