namespace Analys.Report;

/// <summary>Something that did not come into a report, and why: in English for the command, in the reader's language for the page. Never a
/// value.</summary>
/// <param name="Line">Table, column, rule and remedy.</param>
/// <param name="Key">The text of the page.</param>
/// <param name="Slots">What its slots stand for.</param>
internal sealed record LeftOut(string Line, string Key, params (string Name, string Value)[] Slots)
{
    /// <summary>The line as the page says it.</summary>
    public string In(ReportWords words) => words.Get(Key, Slots);
}
