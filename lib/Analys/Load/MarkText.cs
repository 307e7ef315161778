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
        "" or ":" or "NA" or "na" or "N/A" or "n/a" or "#N/A" or "null" or "NULL" or "NaN" or "nan" or "None" => Mark.Missing,
        ".." or "..." or "…" or "m" or "M" => Mark.NotAvailable,
        "." => Mark.NotApplicable,
        "-" or "–" or "−" => Mark.Nil,
        "X" or "x" or "c" or "C" or "*" => Mark.Suppressed,
        { Length: > 1 } bound when bound[0] is '<' or '≤' && bound.AsSpan(1).Trim() is { Length: > 0 } limit && limit.IndexOfAnyExceptInRange('0', '9') < 0 => Mark.Suppressed,
        _ => null,
    };

    /// <summary>What a mark says, for a reader who has to decide whether it was understood.</summary>
    public static string Meaning(Mark mark) => mark switch
    {
        Mark.NotAvailable => "two dots or the like, read as not available",
        Mark.NotApplicable => "a dot, read as not applicable",
        Mark.Nil => "a dash, read as nil: a zero among counts, else not known",
        Mark.Suppressed => "withheld by the source, read as suppressed: never as a number",
        _ => "blank or a word for missing, read as missing",
    };
}
