namespace Analys.Measure.Spatial;

/// <summary>When two units are neighbours.</summary>
public enum Contiguity
{
    /// <summary>When they share a stretch of border.</summary>
    Rook,

    /// <summary>When they share a stretch of border or a corner.</summary>
    Queen,
}
