namespace Analys.Notebooks.Engine;

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
