using Analys.Notebooks.Display;

namespace Analys.Notebooks.Engine;

/// <summary>Something that a cell puts out while it runs, in the order in which it should be seen.</summary>
public abstract record CellOutput
{
    /// <summary>Whether the session was set to show confidential data, so that this may hold some.</summary>
    public bool IsSecure { get; init; }
}

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

/// <summary>Why a cell failed.</summary>
/// <param name="Name">
/// The kind of failure: an exception's type, <c>CompilationError</c>, <c>DirectiveError</c> or <c>Interrupted</c>.
/// </param>
/// <param name="Message">The message, in one or more lines.</param>
/// <param name="Traceback">The message and the way to it, line by line; it names cells and lines, never paths.</param>
/// <param name="Line">The line in the cell, counted from 1; null where there is none to name.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line);

/// <summary>A failure of a cell that the engine understands: it does not compile, a directive is wrong, SQL is refused.</summary>
public sealed class CellException : Exception
{
    /// <summary>A failure with all that is known of it.</summary>
    public CellException(CellError error) : base(error?.Message) =>
        Error = error ?? throw new ArgumentNullException(nameof(error));

    /// <summary>A failure with a kind, a message and perhaps a line.</summary>
    public CellException(string name, string message, int? line = null)
        : this(new CellError(name, message, [$"{name}: {message}"], line))
    {
    }

    /// <summary>What went wrong.</summary>
    public CellError Error { get; }

    /// <summary>A wrong directive; the session adds its line.</summary>
    internal static CellException Directive(string message, int? line = null) => new("DirectiveError", message, line);
}

/// <summary>Thrown inside a cell that the user has interrupted.</summary>
internal sealed class CellInterruptedException() : OperationCanceledException("The cell was interrupted.");
