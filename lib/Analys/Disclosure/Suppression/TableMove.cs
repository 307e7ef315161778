namespace Analys.Disclosure;

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
