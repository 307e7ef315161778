using Analys.Load;

namespace Analys.Database.Rows;

/// <summary>Whether keys rise from row to row within a period, and periods too: rows of one household or cluster then follow each other.</summary>
/// <remarks>Texts have codes in the order of their first row, so that rising codes are keys that stand together. It is enough, not necessary: who is not in order is remembered instead.</remarks>
internal sealed class KeyOrder
{
    private double period = double.NegativeInfinity;
    private long household = long.MinValue;
    private long cluster = long.MinValue;

    /// <summary>Whether all rows so far are in order.</summary>
    public bool Holds { get; private set; } = true;

    /// <summary>Looks at more rows.</summary>
    public void Add(RowChunk chunk, Column? periods)
    {
        for (var row = 0; Holds && row < chunk.Count; row++)
        {
            var now = periods switch { TextColumn text => text.Codes[row], NumberColumn number when !double.IsNaN(number.Values[row]) => number.Values[row], _ => period };
            if (now != period)
            {
                Holds = now > period;
                (period, household, cluster) = (now, long.MinValue, long.MinValue);
            }

            Holds &= Rises(ref household, chunk.Households[row]) && Rises(ref cluster, chunk.Clusters[row]);
        }
    }

    private static bool Rises(ref long last, long key)
    {
        if (key == RowChunk.NoKey) return true;
        var rises = key >= last;
        last = key;
        return rises;
    }
}
