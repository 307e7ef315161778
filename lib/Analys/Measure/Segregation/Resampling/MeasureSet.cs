using Analys.Domain;

namespace Analys.Measure.Segregation.Resampling;

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
        foreach (var (measure, figures, start) in parts) measure.Evaluate(counts, figures, values.AsSpan(start, figures.Count));
        return values;
    }

    /// <summary>The values as numbers for replicates; NaN where undefined, which never leaves this folder.</summary>
    public double[] Numbers(GroupCounts counts) => [.. Evaluate(counts).Select(value => value.HasNumber ? value.Number : double.NaN)];
}
