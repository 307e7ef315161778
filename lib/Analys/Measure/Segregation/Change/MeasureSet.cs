namespace Analys.Measure.Segregation.Change;

/// <summary>Several measures, made ready, with their figures side by side in one row of values.</summary>
internal sealed class MeasureSet
{
    private readonly List<(SegregationMeasure Measure, IReadOnlyList<Figure> Figures, int Start)> parts = [];

    /// <summary>The figures of these measures for these counts.</summary>
    public MeasureSet(IEnumerable<SegregationMeasure> measures, GroupCounts counts, bool pairs)
    {
        foreach (var measure in measures)
        {
            var figures = measure.Figures(counts, pairs);
            parts.Add((measure, figures, Count));
            Count += figures.Count;
        }
    }

    /// <summary>The number of figures.</summary>
    public int Count { get; }

    /// <summary>Each figure with its measure and its place in the row.</summary>
    public IEnumerable<(SegregationMeasure Measure, Figure Figure, int Index)> All =>
        parts.SelectMany(part => part.Figures.Select((figure, i) => (part.Measure, figure, part.Start + i)));

    /// <summary>The values of all figures.</summary>
    public Quantity[] Evaluate(GroupCounts counts)
    {
        var values = new Quantity[Count];
        Evaluate(counts, values);
        return values;
    }

    private void Evaluate(GroupCounts counts, Span<Quantity> values)
    {
        foreach (var (measure, figures, start) in parts) measure.Evaluate(counts, figures, values.Slice(start, figures.Count));
    }

    /// <summary>What one person of one cell moves each value by.</summary>
    public double?[] Moved(GroupCounts counts, Quantity[] values) =>
    [
        .. parts.SelectMany(part => CellInfluence.Of(counts, values[part.Start..(part.Start + part.Figures.Count)],
            part.Measure.ValuesOf(part.Figures), part.Measure.NeedsGeography || part.Measure.PointOnly,
            part.Figures.Any(figure => figure.Unit is not null))),
    ];

    /// <summary>The values as numbers for replicates; NaN where undefined, which never leaves this folder.</summary>
    /// <param name="counts">The replicate.</param>
    /// <param name="values">Room for the values.</param>
    public double[] Numbers(GroupCounts counts, Span<Quantity> values)
    {
        Evaluate(counts, values);
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = values[i].HasNumber ? values[i].Number : double.NaN;
        return numbers;
    }
}

/// <summary>What is made of a thing, made once as long as it is the same thing: thousands of figures have one measure and one set of
/// parameters.</summary>
/// <param name="make">Makes it.</param>
internal sealed class Same<TOf, TMade>(Func<TOf, TMade> make)
    where TOf : class
    where TMade : class
{
    private TOf? last;
    private TMade? made;

    /// <summary>What is made of this.</summary>
    public TMade Of(TOf of)
    {
        if (made is null || !ReferenceEquals(of, last)) (last, made) = (of, make(of));
        return made;
    }
}
