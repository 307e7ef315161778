namespace Analys.Measure.Segregation.Change;

/// <summary>Units of the same counts: members, persons, how many such units.</summary>
internal readonly record struct BinomialCell(double X, double T, double Times)
{
    /// <summary>The cells of two groups: those of the smaller one, or of the one whose sorted counts come first, so that either orientation
    /// and every order of the units gives the same.</summary>
    public static (BinomialCell[] Cells, int[] CellOf) Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var persons = new List<(double X, double Y, int Unit)>();
        for (var i = 0; i < x.Length; i++)
            if (x[i] + y[i] > 0) persons.Add((x[i], y[i], i));
        double sumX = Sums.Of(x), sumY = Sums.Of(y);
        if (sumX > sumY || (sumX == sumY
            && ComesLater([.. persons.Select(unit => unit.X).Order()], [.. persons.Select(unit => unit.Y).Order()])))
            persons = [.. persons.Select(unit => (unit.Y, unit.X, unit.Unit))];
        var cells = new List<BinomialCell>();
        var cellOf = new int[x.Length];
        Array.Fill(cellOf, -1);
        foreach (var unit in persons.OrderBy(unit => unit.X).ThenBy(unit => unit.Y))
        {
            if (cells.Count > 0 && cells[^1].X == unit.X && cells[^1].T == unit.X + unit.Y)
                cells[^1] = cells[^1] with { Times = cells[^1].Times + 1 };
            else cells.Add(new BinomialCell(unit.X, unit.X + unit.Y, 1));
            cellOf[unit.Unit] = cells.Count - 1;
        }

        return ([.. cells], cellOf);
    }

    private static bool ComesLater(double[] a, double[] b)
    {
        for (var i = 0; i < a.Length; i++)
            if (a[i] != b[i]) return a[i] > b[i];
        return false;
    }
}
