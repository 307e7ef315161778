namespace Analys.Load;

/// <summary>Marks as Swedish statistical tables print them.</summary>
internal static class MarkText
{
    public static string Of(Mark mark) => mark switch
    {
        Mark.NotAvailable => "..",
        Mark.NotApplicable => ".",
        Mark.Nil => "-",
        Mark.Suppressed => "X",
        _ => "",
    };

    /// <summary>The mark that a status or printed text stands for; null where it is not one.</summary>
    public static Mark? Parse(string text) => text.Trim() switch
    {
        "" or ":" or "NA" or "na" or "n/a" => Mark.Missing,
        ".." or "..." or "…" or "m" or "M" => Mark.NotAvailable,
        "." => Mark.NotApplicable,
        "-" or "–" or "−" => Mark.Nil,
        "X" or "x" or "c" or "C" => Mark.Suppressed,
        { Length: > 1 } bound when bound[0] == '<' && bound.AsSpan(1).Trim().IndexOfAnyExceptInRange('0', '9') < 0 => Mark.Suppressed,
        _ => null,
    };
}
