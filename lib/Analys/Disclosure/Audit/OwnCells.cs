namespace Analys.Disclosure;

/// <summary>The cells that one and the same contributor knows: his own cell and every total of one that contains it.</summary>
/// <remarks>A household alone in its district and its family type stands in three cells of one; that it knows all three discloses nothing to it.</remarks>
internal static class OwnCells
{
    /// <summary>Groups the unknown cells with one contributor by whose they are.</summary>
    /// <param name="table">The table.</param>
    /// <returns>For each contributor, the indices of his cells.</returns>
    public static int[][] Of(ProtectionTable table)
    {
        var parent = new int[table.Cells.Count];
        for (var i = 0; i < parent.Length; i++) parent[i] = i;
        int Root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }
        bool IsOwn(int i) => table.Cells[i].IsUnknown && table.Cells[i].IsKnownToContributor;
        foreach (var equation in table.Equations)
        {
            // Under noise a total of one may be another's.
            if (equation.Tolerance > 0 || !IsOwn(equation.Total)) continue;
            foreach (var part in equation.Parts) if (IsOwn(part)) parent[Root(part)] = Root(equation.Total);
        }
        return [.. Enumerable.Range(0, parent.Length).Where(IsOwn).GroupBy(Root).Select(group => group.ToArray())];
    }
}
