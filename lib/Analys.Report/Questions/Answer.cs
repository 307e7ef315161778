
namespace Analys.Report.Questions;

/// <summary>The words that a section gives a figure.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title; null for the question's own.</param>
/// <param name="Note">Its note; null for the measure's definition.</param>
internal sealed record FigureWords(string Id, string? Title, string? Note);

/// <summary>A table that is not a figure's.</summary>
/// <param name="Caption">What it holds.</param>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Numbers">The columns that hold numbers.</param>
internal sealed record PlainTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyCollection<int> Numbers);

/// <summary>Something worth saying first.</summary>
/// <param name="Kind">change, gap or chance.</param>
/// <param name="Weight">The larger of a kind goes first.</param>
/// <param name="Text">The sentence.</param>
internal sealed record Finding(string Kind, double Weight, string Text);

/// <summary>One indicator of one area, for its profile.</summary>
/// <param name="Title">The indicator.</param>
/// <param name="Area">The area.</param>
/// <param name="Value">Its value, as it is read.</param>
/// <param name="Whole">The whole's; "" for none.</param>
/// <param name="Rank">Its place among the areas; "" where it has no number.</param>
/// <param name="Neighbours">The areas next to it in rank.</param>
/// <param name="Change">Since when and by how much it changed; "" for one period.</param>
/// <param name="Strip">The places of all areas between 0 and 1, its own, and the whole's.</param>
internal sealed record ProfileItem(string Title, string Area, string Value, string Whole, string Rank, string Neighbours, string Change,
    ProfileStrip? Strip)
{
    /// <summary>The same as a sentence that can be read out; "" for none.</summary>
    public string Say { get; init; } = "";

    /// <summary>Above the whole 1, below it −1, the same 0; null where the whole has no number.</summary>
    public int? Side { get; init; }
}

/// <summary>Where an area stands among all, each value as a part of the largest.</summary>
/// <param name="All">All areas.</param>
/// <param name="Own">The area.</param>
/// <param name="Whole">The whole; null for none.</param>
internal sealed record ProfileStrip(IReadOnlyList<double> All, double Own, double? Whole);

/// <summary>What a question gave: slots for sentences, figures and tables by name, and what goes into the summary and the
/// profiles.</summary>
internal sealed class Answer
{
    /// <summary>Everything that was released for it.</summary>
    public required IReadOnlyList<Released> Released { get; init; }

    /// <summary>What the slots of sentences stand for, in the report's language.</summary>
    public Dictionary<string, string> Slots { get; } = [];

    /// <summary>The figures that can be drawn, by kind.</summary>
    public Dictionary<string, Func<FigureWords, Figure?>> Figures { get; } = [];

    /// <summary>The tables, by name.</summary>
    public Dictionary<string, Func<PlainTable?>> Tables { get; } = [];

    /// <summary>What may be said first.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The indicators for profiles.</summary>
    public List<ProfileItem> Profile { get; } = [];

    /// <summary>A measure by area in one period, for the table of all measures; null for none.</summary>
    public (string Name, Released Rows)? Overview { get; set; }

    /// <summary>A sentence about each area, for whoever chooses it.</summary>
    public Dictionary<string, string> Says { get; } = [];
}
