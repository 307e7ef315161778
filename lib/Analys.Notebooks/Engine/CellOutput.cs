using Analys.Notebooks.Display;

namespace Analys.Notebooks.Engine;

/// <summary>Something that a cell puts out while it runs, in the order in which it should be seen.</summary>
public abstract record CellOutput;

/// <summary>Text on standard output or standard error.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text, line ends included.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A value shown by <c>display</c>, or a change of one already shown.</summary>
/// <param name="Data">The value in each MIME type that it offers.</param>
/// <param name="DisplayId">The id by which a later output may replace this one.</param>
/// <param name="IsUpdate">Whether this replaces the output of the same id.</param>
public sealed record DisplayOutput(MimeBundle Data, string? DisplayId = null, bool IsUpdate = false) : CellOutput;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="Data">The value in each MIME type that it offers.</param>
public sealed record ResultOutput(MimeBundle Data) : CellOutput;

/// <summary>The failure that ended the cell.</summary>
/// <param name="Error">What went wrong, and on which line.</param>
public sealed record ErrorOutput(CellError Error) : CellOutput;

/// <summary>A wish that what the cell has shown so far be removed.</summary>
/// <param name="Wait">Whether to wait for the next output before removing.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;
