using Analys.Database.Contract;

namespace Analys.Database.Sql;

/// <summary>A statement ready to be sent. After the keys its columns are numbers, which belong to one query or, one after the other, to several.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parameters">The parameters @p0, @p1, ...</param>
/// <param name="Scope">Whose aggregates it returns.</param>
/// <param name="Targets">Where its numbers belong.</param>
internal sealed record CompiledQuery(string Text, IReadOnlyList<object> Parameters, Scope Scope, IReadOnlyList<Target> Targets)
{
    /// <summary>Whether the first column is the shard.</summary>
    public bool HasShard { get; init; }

    /// <summary>The bins, where the column after the keys is one's number.</summary>
    public BinQuery? Bins { get; init; }
}

/// <summary>So many numbers of a statement.</summary>
/// <param name="Query">The query that they answer, by its place in the round.</param>
/// <param name="Place">Where the first of them stands in the answer.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Target(int Query, int Place, int Count);
