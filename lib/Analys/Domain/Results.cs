using System.Collections;
using System.Collections.Immutable;

namespace Analys.Domain;

/// <summary>Whether data may be shown as they are.</summary>
public enum Confidentiality
{
    /// <summary>Individuals stand behind the figures: disclosure control must pass them first.</summary>
    Confidential,

    /// <summary>The figures were published by their source.</summary>
    Public,
}

/// <summary>
/// Results before disclosure control. They can be computed with, but no chart, table, report or file takes them: release
/// them under a policy first.
/// </summary>
[TypeFormatterSource("Analys.Present.Notebook.ResultsFormatters")]
public sealed class Results : IReadOnlyList<Result>
{
    private readonly ImmutableArray<Result> rows;

    /// <summary>Puts computed figures together with where they came from.</summary>
    /// <param name="rows">The figures.</param>
    /// <param name="confidentiality">The confidentiality of the data behind them.</param>
    /// <param name="provenance">Where they came from.</param>
    public Results(IEnumerable<Result> rows, Confidentiality confidentiality, Provenance provenance)
    {
        this.rows = [.. rows];
        Confidentiality = confidentiality;
        Provenance = provenance;
    }

    /// <summary>The confidentiality of the data behind the figures.</summary>
    public Confidentiality Confidentiality { get; }

    /// <summary>Where the figures came from.</summary>
    public Provenance Provenance { get; }

    /// <inheritdoc/>
    public int Count => rows.Length;

    /// <inheritdoc/>
    public Result this[int index] => rows[index];

    /// <summary>The figures of both; confidential when either is.</summary>
    /// <param name="other">More figures.</param>
    public Results Concat(Results other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var strictest = (Confidentiality)Math.Min((int)Confidentiality, (int)other.Confidentiality);
        return new Results(rows.Concat(other.rows), strictest, Provenance.Merge(other.Provenance));
    }

    /// <summary>The figures that satisfy <paramref name="condition"/>, with the same confidentiality and provenance.</summary>
    /// <param name="condition">Which to keep.</param>
    public Results Where(Func<Result, bool> condition) => new(rows.Where(condition), Confidentiality, Provenance);

    /// <inheritdoc/>
    public IEnumerator<Result> GetEnumerator() => ((IEnumerable<Result>)rows).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Says how many figures there are; never shows one.</summary>
    public override string ToString() => $"{Count} results, not released; call Release with a policy to show them";
}
