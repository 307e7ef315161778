using Analys.Database.Contract;

namespace Analys.Database.Rows;

/// <summary>Adds up the answer to one query, chunk by chunk.</summary>
internal abstract class Accumulator(SourceFrame frame)
{
    protected SourceFrame Frame { get; } = frame;

    /// <summary>How many entries it may have to keep at once for so many rows; 0 where their number does not depend on the rows.</summary>
    public virtual long Entries(long rows) => 0;

    /// <summary>Prepares a pass: of several passes each keeps a part of the entries.</summary>
    public virtual void Begin(int pass, int passes)
    {
    }

    /// <summary>Adds rows.</summary>
    public abstract void Add(RowChunk chunk);

    /// <summary>Ends a pass.</summary>
    public virtual void End()
    {
    }

    /// <summary>The answer.</summary>
    public abstract double[]?[] Answer();

    public static Accumulator Of(SourceFrame frame, AggregateQuery query) => query switch
    {
        SumQuery sums => new SumAccumulator(frame, sums),
        BinQuery bins => new BinAccumulator(frame, bins),
        TermQuery terms => new TermAccumulator(frame, terms),
        MaximaQuery maxima => new MaximaAccumulator(frame, maxima),
        LinearQuery linear => new LinearAccumulator(frame, linear),
        PanelQuery panel => new PanelAccumulator(frame, panel),
        _ => throw new ArgumentException("There is no accumulator for this query.", nameof(query)),
    };
}

/// <summary>One that adds up the rows of the query's own scope.</summary>
internal abstract class ScopeAccumulator(SourceFrame frame, AggregateQuery query) : Accumulator(frame)
{
    public override void Add(RowChunk chunk)
    {
        var incomes = chunk.Incomes(query.Scope.Concept);
        Add(chunk, incomes, chunk.WeightsOf(query.Scope), chunk.Domains(Frame, query.Scope, incomes));
    }

    protected abstract void Add(RowChunk chunk, double[] incomes, double[] weights, int[] domains);
}
