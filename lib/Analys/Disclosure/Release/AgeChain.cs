using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>Spans of ages that hang together by their ends, with the count between any two of these ends: it follows from the spans.</summary>
/// <remarks>
/// N[a, b) = F(b) − F(a) for a cumulative count F. A printed span joins its two ends, and between any two ends that are joined, over however many spans,
/// the count can be worked out: 6–12 from 0–12, 6–17 and 0–17.
/// </remarks>
internal sealed class AgeChain
{
    private readonly Dictionary<int, double> cumulative;

    private AgeChain(Dictionary<int, double> cumulative)
    {
        this.cumulative = cumulative;
        Ends = [.. cumulative.Keys.Order()];
    }

    /// <summary>The ages at which a span begins, or the next one after it ends; ascending.</summary>
    public IReadOnlyList<int> Ends { get; }

    /// <summary>The count from one end to another.</summary>
    public double Between(int from, int to) => cumulative[to] - cumulative[from];

    /// <summary>The first age after a span.</summary>
    public static int End(AgeSpan span) => span.To is { } last ? last + 1 : int.MaxValue;

    /// <summary>The span from an age to the last before another.</summary>
    public static AgeSpan Span(int from, int end) => new(from, end == int.MaxValue ? null : end - 1);

    /// <summary>Whether a span lies within another and touches neither of its ends.</summary>
    public static bool IsInside(AgeSpan inner, AgeSpan outer) => outer.From < inner.From && End(inner) < End(outer);

    /// <summary>The chains of spans with their counts; a chain of which the counts contradict each other is left out.</summary>
    public static IReadOnlyList<AgeChain> Of(IReadOnlyCollection<(AgeSpan Span, double Count)> spans)
    {
        var chains = new List<AgeChain>();
        var left = spans.ToList();
        while (left.Count > 0)
        {
            var known = new Dictionary<int, double> { [left[0].Span.From] = 0 };
            var agree = true;
            for (var more = true; more;)
            {
                more = false;
                foreach (var (span, count) in left)
                {
                    var (hasFrom, hasTo) = (known.TryGetValue(span.From, out var from), known.TryGetValue(End(span), out var to));
                    if (hasFrom && hasTo) agree &= Math.Abs(to - from - count) <= 1e-9 * Math.Max(1, count);
                    else if (hasFrom) known[End(span)] = from + count;
                    else if (hasTo) known[span.From] = to - count;
                    more |= hasFrom != hasTo;
                }
            }

            left.RemoveAll(one => known.ContainsKey(one.Span.From));
            if (agree) chains.Add(new AgeChain(known));
        }

        return chains;
    }
}
