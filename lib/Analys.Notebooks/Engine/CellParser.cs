using Analys.Notebooks.Directives;

namespace Analys.Notebooks.Engine;

/// <summary>A part of a cell: a directive, or a stretch of code.</summary>
internal abstract record CellStep;

/// <summary>A directive of the cell.</summary>
internal sealed record DirectiveStep(Directive Directive, DirectiveLine Line, CellLanguage Language) : CellStep;

/// <summary>Code of one language.</summary>
internal sealed record CodeStep(CellLanguage Language, CellCode Code) : CellStep;

/// <summary>Takes a cell apart into directives and code. A language's magic holds to the end of the cell, or to the next one.</summary>
internal static class CellParser
{
    // Steps are made one by one, as the cell runs: #!connect makes a language that the next line may name.
    public static IEnumerable<CellStep> Parse(string cell, NotebookSession session)
    {
        var language = session.Language("csharp");
        IReadOnlyDictionary<string, string> options = new Dictionary<string, string>();
        var lines = cell.ReplaceLineEndings("\n").Split('\n');
        var first = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!DirectiveLine.Is(lines[i])) continue;
            if (Code(lines, first, i, language, options) is { } before) yield return before;
            first = i + 1;
            var line = DirectiveLine.Parse(lines[i], i + 1);
            if (DirectiveTable.Find(line.Name) is { } directive)
            {
                line.Allow(directive.Options);
                yield return new DirectiveStep(directive, line, language);
            }
            else
            {
                language = session.FindLanguage(line.Name[2..]) ?? throw Unknown(line);
                line.Allow(language.Options);
                options = line.Options;
            }
        }
        if (Code(lines, first, lines.Length, language, options) is { } rest) yield return rest;
    }

    private static CodeStep? Code(string[] lines, int first, int end, CellLanguage language, IReadOnlyDictionary<string, string> options)
    {
        var text = string.Join('\n', lines[first..end]);
        return string.IsNullOrWhiteSpace(text) ? null : new CodeStep(language, new CellCode(text, first + 1, options));
    }

    private static CellException Unknown(DirectiveLine line) => CellException.Directive(
        $"{line.Name} is neither a language nor a directive; #!lsmagic lists both.{(line.Name.StartsWith("#!sql-", StringComparison.Ordinal) ? " A database is opened by #!connect." : "")}",
        line.Number);
}
