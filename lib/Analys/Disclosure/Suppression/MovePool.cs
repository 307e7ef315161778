namespace Analys.Disclosure;

/// <summary>The moves found so far, and which needs they already meet.</summary>
internal sealed class MovePool
{
    private const double Slack = 1e-6;
    private readonly List<TableMove> moves = [];

    public void Add(TableMove move) => moves.Add(move);

    public IReadOnlyList<TableMove> Moves => moves;

    /// <summary>Forgets the moves that use a variable and hands them back.</summary>
    public List<TableMove> Drop(int variable)
    {
        var dropped = moves.FindAll(move => move[variable] != 0);
        moves.RemoveAll(move => move[variable] != 0);
        return dropped;
    }

    /// <summary>How far a variable can rise and fall by a single known move that leaves others alone.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="known">The insider's own variables, or null.</param>
    public (double Rise, double Fall) Room(int variable, int[]? known)
    {
        double rise = 0, fall = 0;
        foreach (var move in moves)
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
