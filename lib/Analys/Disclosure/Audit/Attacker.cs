namespace Analys.Disclosure;

/// <summary>Who tries to work out a withheld cell.</summary>
public enum Attacker
{
    /// <summary>Knows the published cells, the equations and that nothing is negative.</summary>
    Outsider,

    /// <summary>Also reads the legend: what a primary and what a secondary mark can stand for.</summary>
    LegendReader,

    /// <summary>Also knows one cell, because he is its only contributor.</summary>
    Insider,
}
