namespace Analys.Report.Tables;

/// <summary>Who is measured, as a text that recipes and headings can name.</summary>
internal static class PopulationText
{
    /// <summary>Such as <c>0-17</c>; null for everyone.</summary>
    /// <param name="row">A result.</param>
    public static string? Of(Result row) => row.Population?.ToString() is { Length: > 0 } text ? text : null;
}
