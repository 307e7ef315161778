using Analys.Domain;
using Analys.Load;

namespace Analys.Database.Contract;

/// <summary>What is known of a source before anything is counted.</summary>
/// <param name="Name">What the record shows: the engine and the table, never the server, the user or a password.</param>
/// <param name="Hash">A SHA-256 that tells one source from another; of a database not of its rows.</param>
/// <param name="Schema">The columns with their roles.</param>
public sealed record SourceDescription(string Name, string Hash, TableSchema Schema)
{
    /// <summary>Whether individuals stand behind the rows: as the schema says, confidential where it says nothing.</summary>
    public Confidentiality Confidentiality => Schema.Confidentiality;

    /// <summary>The description of sources side by side: as confidential as the strictest of them.</summary>
    internal static SourceDescription Together(IReadOnlyList<SourceDescription> parts) => parts.MinBy(part => part.Confidentiality)! with
    {
        Name = string.Join(" + ", parts.Select(part => part.Name)),
        Hash = Sql.SourceHash.Of([.. parts.Select(part => part.Hash).Order(StringComparer.Ordinal)]),
    };
}

/// <summary>The values of the columns that divide persons, and what was found on the way.</summary>
public sealed record Census
{
    /// <summary>How many rows there are.</summary>
    public required long Rows { get; init; }

    /// <summary>The periods; empty where no column has them.</summary>
    public IReadOnlyList<string> Periods { get; init; } = [];

    /// <summary>The values of each breakdown.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Values { get; init; }

    /// <summary>How many rows have no income.</summary>
    public long WithoutIncome { get; init; }

    /// <summary>How many weights are negative or missing.</summary>
    public long BadWeights { get; init; }

    /// <summary>How many incomes are not finite.</summary>
    public long BadIncomes { get; init; }

    /// <summary>How many numbers of consumption units are not above 0.</summary>
    public long BadUnits { get; init; }

    /// <summary>How many rows have no household, where a column has households.</summary>
    public long WithoutHousehold { get; init; }

    /// <summary>How many rows have no cluster, where a column has clusters.</summary>
    public long WithoutCluster { get; init; }

    /// <summary>How many replicate weights are missing.</summary>
    public long BadReplicateWeights { get; init; }

    /// <summary>Whether the rows of each household, and of each cluster, follow each other within a period: then one is remembered at a time.</summary>
    public bool KeysTogether { get; init; }

    /// <summary>The SHA-256 of what was read, where the source is a file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The census of two parts of a population.</summary>
    /// <param name="other">The other part.</param>
    public Census Plus(Census other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Rows = Rows + other.Rows,
            Periods = [.. Periods.Union(other.Periods)],
            Values = [.. Values.Zip(other.Values, (a, b) => (IReadOnlyList<string>)[.. a.Union(b)])],
            WithoutIncome = WithoutIncome + other.WithoutIncome,
            BadWeights = BadWeights + other.BadWeights,
            BadIncomes = BadIncomes + other.BadIncomes,
            BadUnits = BadUnits + other.BadUnits,
            WithoutHousehold = WithoutHousehold + other.WithoutHousehold,
            WithoutCluster = WithoutCluster + other.WithoutCluster,
            BadReplicateWeights = BadReplicateWeights + other.BadReplicateWeights,
            KeysTogether = false,
            Sha256 = null,
        };
    }
}
