using System.Collections.Immutable;

namespace Analys;

/// <summary>Where a source file was published.</summary>
/// <param name="Title">The title of the table or document.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="TableId">The publisher's id of the table.</param>
/// <param name="Date">When it was published or last updated, as the publisher writes it.</param>
/// <param name="Licence">The licence, or "public statistics" where none is stated.</param>
/// <param name="Link">Where it was found.</param>
public sealed record Origin(
    string? Title = null, string? Publisher = null, string? TableId = null, string? Date = null, string? Licence = null,
    string? Link = null);

/// <summary>A file that was read.</summary>
/// <param name="File">Its name, without the folder.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="Rows">The number of data rows.</param>
/// <param name="Schema">The name of the schema it was read with.</param>
/// <param name="Origin">Where it was published, where that is known.</param>
public sealed record SourceFile(string File, string Sha256, long Rows, string? Schema = null, Origin? Origin = null)
{
    /// <summary>Who is in it, for a ledger that looks for the same persons in other files; null where nobody can say.</summary>
    internal SourcePersons? Persons { get; init; }

    /// <summary>Whether it is a table of counts: the few that a release withholds could be tried until the SHA-256 agrees.</summary>
    internal bool IsTableOfCounts { get; init; }

    /// <summary>As it stands beside figures that were released from confidential data.</summary>
    /// <remarks>The number of rows is a count that no policy has looked at: persons without an income, or of another year, are the
    /// difference to N.</remarks>
    internal SourceFile Told => this with { Rows = NotTold, Sha256 = IsTableOfCounts ? "" : Sha256 };

    /// <summary>Stands for a number of rows that is not told.</summary>
    internal const long NotTold = -1;
}

/// <summary>What tells the rows of a source apart, asked for only when it is needed.</summary>
/// <remarks>Files are equal by their bytes: this does not count.</remarks>
/// <param name="keys">Pairs of columns by name, and what stands in them row by row.</param>
internal sealed class SourcePersons(Func<IEnumerable<(string Columns, IEnumerable<string> Rows)>> keys) : IEquatable<SourcePersons>
{
    /// <summary>Stands behind the name of a column that another was put in the place of.</summary>
    public const string AsItWas = " (as it was)";

    /// <summary>Stands between the name of a column whose categories were taken together and the categories.</summary>
    public const string Changed = " now ";

    /// <summary>Stands before the name of what tells rows apart only where nothing better is known of both sources.</summary>
    public const string Weak = "~";

    public IEnumerable<(string Columns, IEnumerable<string> Rows)> Keys() => keys();

    /// <summary>The columns, each with the name by which a ledger knows it: areas, ages and periods by what they are.</summary>
    public IReadOnlyList<(string Name, string Known)> Columns { get; init; } = [];

    /// <summary>What stands in a column, row by row; null where a cell is missing.</summary>
    public Func<string, string?[]>? Texts { get; init; }

    /// <summary>The name by which a ledger knows a column: of one that was changed, the changed one.</summary>
    public string KnownOf(string column) =>
        Columns.FirstOrDefault(own => own.Name == column || own.Known == column || own.Known.StartsWith(column + Changed,
            StringComparison.Ordinal))
            .Known ?? column;

    public bool Equals(SourcePersons? other) => true;

    public override bool Equals(object? obj) => true;

    public override int GetHashCode() => 0;
}

/// <summary>Where a figure came from: the files, and what was done to them.</summary>
/// <remarks>Swedish: <i>proveniens</i>.</remarks>
public sealed record Provenance
{
    /// <summary>No source: figures made in code.</summary>
    public static Provenance None { get; } = new();

    /// <summary>The files that were read.</summary>
    public ImmutableArray<SourceFile> Sources { get; init; } = [];

    /// <summary>What was done, in order, one short sentence each.</summary>
    public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>As it stands beside figures that were released from confidential data.</summary>
    internal Provenance Told() => this with { Sources = [.. Sources.Select(source => source.Told)] };

    /// <summary>The same with one more step.</summary>
    /// <param name="step">What was done, in one short sentence without figures from the data.</param>
    public Provenance With(string step) => this with { Steps = Steps.Add(step) };

    /// <summary>The sources and steps of both, each once.</summary>
    /// <param name="other">The other provenance.</param>
    public Provenance Merge(Provenance other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Provenance
        {
            Sources = [.. Sources.Concat(other.Sources).Distinct()],
            Steps = [.. Steps.Concat(other.Steps).Distinct()],
        };
    }

    /// <inheritdoc/>
    public bool Equals(Provenance? other) =>
        other is not null && Sources.SequenceEqual(other.Sources) && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sources.Length, Steps.Length);
}
