namespace Analys.Measure.Inequality;

/// <summary>Whether a person exactly on the line is poor.</summary>
public enum PoorRule
{
    /// <summary>Poor is income &lt; line: Eurostat and SCB. The default.</summary>
    Below,

    /// <summary>Poor is income ≤ line: Foster, Greer &amp; Thorbecke 1984.</summary>
    AtOrBelow,
}
