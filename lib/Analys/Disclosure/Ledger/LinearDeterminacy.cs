namespace Analys.Disclosure;

/// <summary>Which unknowns does a system of equations fix, whatever the published values are?</summary>
/// <remarks>An unknown is fixed when it stands alone in a row of the reduced system. No values are needed, so a ledger without values can ask.</remarks>
internal static class LinearDeterminacy
{
    /// <summary>The variables with the same value in every solution.</summary>
    public static IReadOnlyList<int> FixedVariables(MoveSystem system)
    {
        var tableau = new SimplexTableau(system);
        var found = new List<int>();
        for (var row = 0; row < tableau.Rows.Length; row++)
        {
            var alone = true;
            for (var j = 0; j < system.Variables && alone; j++) alone = j == tableau.Basis[row] || Math.Abs(tableau.Rows[row][j]) < 1e-9;
            if (alone) found.Add(tableau.Basis[row]);
        }
        found.Sort();
        return found;
    }
}
