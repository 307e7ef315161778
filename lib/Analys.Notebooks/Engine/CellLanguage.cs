namespace Analys.Notebooks.Engine;

/// <summary>A language that cells may be written in, with the variables that live in it.</summary>
public abstract class CellLanguage
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
