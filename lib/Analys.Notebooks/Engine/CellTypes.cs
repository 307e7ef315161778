namespace Analys.Notebooks.Engine;

/// <summary>A stretch of a cell in one language.</summary>
/// <param name="Text">The code.</param>
/// <param name="FirstLine">The line of the cell on which it begins, from 1.</param>
/// <param name="Options">The options that stood after the language's magic.</param>
public sealed record CellCode(string Text, int FirstLine, IReadOnlyDictionary<string, string> Options);

/// <summary>A value that a cell leaves, to be shown.</summary>
/// <param name="Value">The value; null is shown as nothing.</param>
public sealed record CellValue(object? Value);

/// <summary>A variable of a language.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="Value">Its present value.</param>
public sealed record Variable(string Name, Type Type, object? Value);

/// <summary>What may be written at a place, and the stretch that it would replace.</summary>
/// <param name="Start">Where the stretch begins, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Matches">The candidates, sorted.</param>
public sealed record Completions(int Start, int End, IReadOnlyList<string> Matches)
{
    internal static Completions None(int position) => new(position, position, []);
}

/// <summary>Whether code can be run.</summary>
public enum Completeness
{
    /// <summary>It can be run.</summary>
    Complete,

    /// <summary>More must follow.</summary>
    Incomplete,

    /// <summary>It is wrong whatever follows.</summary>
    Invalid,
}

/// <summary>How a cell ended.</summary>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record CellResult(CellError? Error)
{
    /// <summary>Whether the cell ran to its end.</summary>
    public bool Succeeded => Error is null;
}
