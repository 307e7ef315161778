using Analys.Database.Contract;
using Analys.Domain;

namespace Analys.Database.Pushed;

/// <summary>A figure whose value is known, or follows from facts that must be asked for.</summary>
internal sealed class PushedFigure
{
    public Quantity? Value { get; init; }

    public PushedMeasure? Measure { get; init; }

    public Scope? Scope { get; init; }

    public int Domain { get; init; }

    public Facts? Facts { get; init; }
}
