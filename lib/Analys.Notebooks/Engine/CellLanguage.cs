using System.Reflection;
using Analys.Notebooks.Display;

namespace Analys.Notebooks.Engine;

/// <summary>A language that cells may be written in, with the variables that live in it.</summary>
internal abstract class CellLanguage
{
    /// <summary>The name after <c>#!</c>: <c>csharp</c>, <c>sql-NAME</c>, <c>markdown</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the language is, for <c>#!lsmagic</c>.</summary>
    public abstract string Summary { get; }

    /// <summary>The names of the options that may follow the language's magic.</summary>
    public virtual IReadOnlyList<string> Options => [];

    /// <summary>Runs code.</summary>
    /// <param name="code">The code; its first line stands on <see cref="CellCode.FirstLine"/> of the cell.</param>
    /// <param name="context">The run that the code is a part of.</param>
    /// <returns>The value to show, or null for none.</returns>
    public abstract Task<CellValue?> RunAsync(CellCode code, CellContext context);

    /// <summary>The variables, newest meaning of a name only.</summary>
    public virtual IReadOnlyList<Variable> Variables => [];

    /// <summary>Takes a value from another language under a name.</summary>
    public virtual void SetValue(string name, object? value) =>
        throw CellException.Directive($"{Name} does not take values from other languages.");

    /// <summary>What may stand at a position of the code.</summary>
    public virtual Completions Complete(string code, int position) => Completions.None(position);

    /// <summary>What stands at a position of the code, in words; null where nothing is known.</summary>
    public virtual string? Inspect(string code, int position) => null;

    /// <summary>Whether the code can be run as it is, or is the beginning of something.</summary>
    public virtual Completeness IsComplete(string code) => Completeness.Complete;
}

/// <summary>A stretch of a cell in one language.</summary>
/// <param name="Text">The code.</param>
/// <param name="FirstLine">The line of the cell on which it begins, from 1.</param>
/// <param name="Options">The options that stood after the language's magic.</param>
internal sealed record CellCode(string Text, int FirstLine, IReadOnlyDictionary<string, string> Options);

/// <summary>A value that a cell leaves, to be shown.</summary>
/// <param name="Value">The value; null is shown as nothing.</param>
internal sealed record CellValue(object? Value);

/// <summary>A variable of a language.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="Value">Its present value.</param>
internal sealed record Variable(string Name, Type Type, object? Value);

/// <summary>What may be written at a place, and the stretch that it would replace.</summary>
/// <param name="Start">Where the stretch begins, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Matches">The candidates, what fits best first.</param>
internal sealed record Completions(int Start, int End, IReadOnlyList<string> Matches)
{
    /// <summary>
    /// What each candidate is, in Jupyter's words: <c>function</c>, <c>property</c>, <c>instance</c>, <c>class</c>, <c>keyword</c>, …;
    /// empty where that is not known.
    /// </summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    internal static Completions None(int position) => new(position, position, []);
}

/// <summary>Whether code can be run.</summary>
internal enum Completeness
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

/// <summary>Cells whose text is itself what is shown: Markdown and HTML.</summary>
internal sealed class TextCells(string name, string summary, string mimeType) : CellLanguage
{
    public override string Name => name;

    public override string Summary => summary;

    public override Task<CellValue?> RunAsync(CellCode code, CellContext context)
    {
        var text = code.Text.Trim('\r', '\n');
        return Task.FromResult<CellValue?>(new CellValue(MimeBundle.Of(mimeType, text, text)));
    }
}

/// <summary>
/// F# cells. The compiler costs some 230 MB, so the assembly that holds it is loaded, from beside this one, at the first F# cell.
/// </summary>
internal sealed class FSharpOnDemand : CellLanguage
{
    private const string Home = "Analys.Notebooks.FSharp";

    private CellLanguage? compiler;

    public override string Name => "fsharp";

    public override string Summary => "F#, loaded at the first cell of it";

    public override IReadOnlyList<Variable> Variables => compiler?.Variables ?? [];

    public override Task<CellValue?> RunAsync(CellCode code, CellContext context) => Compiler().RunAsync(code, context);

    public override void SetValue(string name, object? value) => Compiler().SetValue(name, value);

    private CellLanguage Compiler()
    {
        if (compiler is not null) return compiler;
        var path = Path.Combine(Path.GetDirectoryName(typeof(FSharpOnDemand).Assembly.Location)!, Home + ".dll");
        if (!File.Exists(path)) throw new CellException("LanguageError", $"F# needs {Home}.dll beside the command that runs the notebook.");
        var type = Assembly.LoadFrom(path).GetType(Home + ".FSharpCells", throwOnError: true)!;
        return compiler = (CellLanguage)Activator.CreateInstance(type)!;
    }
}
