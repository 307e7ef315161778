namespace Analys.Notebooks.Engine;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The kind of failure: an exception's type, <c>CompilationError</c>, <c>DirectiveError</c> or <c>Interrupted</c>.</param>
/// <param name="Message">The message, in one or more lines.</param>
/// <param name="Traceback">The message and the way to it, line by line; it names cells and lines, never paths.</param>
/// <param name="Line">The line in the cell, counted from 1; null where there is none to name.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line);
