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

    private static CellException Unknown(DirectiveLine line)
    {
        var remedy = line.Name.StartsWith("#!sql-", StringComparison.Ordinal) ? " A database is opened by #!connect." : "";
        var message = $"{line.Name} is neither a language nor a directive; #!lsmagic lists both.{remedy}";
        return CellException.Directive(message, line.Number);
    }
}

/// <summary>Help while a cell is written: for directives from their table, for code from its language.</summary>
internal static class CellAssistance
{
    public static Completions Complete(NotebookSession session, string cell, int position)
    {
        position = Math.Clamp(position, 0, cell.Length);
        var lineStart = position == 0 ? 0 : cell.LastIndexOf('\n', position - 1) + 1;
        var line = cell[lineStart..position];
        if (line.StartsWith('#') && CompleteDirective(session, line) is { } found)
            return new Completions(lineStart + line.Length - found.Length, position, found.Matches);
        var (language, start) = LanguageAt(session, cell, position);
        var inner = language.Complete(cell[start..], position - start);
        return inner with { Start = inner.Start + start, End = inner.End + start };
    }

    public static string? Inspect(NotebookSession session, string cell, int position)
    {
        position = Math.Clamp(position, 0, cell.Length);
        var lineStart = position == 0 ? 0 : cell.LastIndexOf('\n', position - 1) + 1;
        var word = cell[lineStart..].Split([' ', '\n', '\r'], 2)[0];
        if (DirectiveTable.Find(word) is { } directive) return $"{directive.Name} {directive.Usage}\n\n{directive.Summary}";
        if (word.StartsWith("#!", StringComparison.Ordinal)) return session.FindLanguage(word[2..])?.Summary;
        var (language, start) = LanguageAt(session, cell, position);
        return language.Inspect(cell[start..], position - start);
    }

    public static Completeness IsComplete(NotebookSession session, string cell)
    {
        var (language, start) = LanguageAt(session, cell, cell.Length);
        return language.IsComplete(cell[start..]);
    }

    private static (int Length, IReadOnlyList<string> Matches)? CompleteDirective(NotebookSession session, string line)
    {
        var words = line.Split(' ');
        if (words.Length == 1)
        {
            var languages = session.Languages.Select(language => "#!" + language.Name);
            var names = languages.Concat(DirectiveTable.All.Select(directive => directive.Name));
            return (line.Length, [.. names.Where(name => name.StartsWith(line, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
        }
        var options = DirectiveTable.Find(words[0])?.Options
            ?? (words[0].StartsWith("#!", StringComparison.Ordinal) ? session.FindLanguage(words[0][2..])?.Options : null);
        if (options is null) return null;
        var last = words[^1];
        var candidates = words[^2] == "--from" ? session.Languages.Select(language => language.Name) : options.Except(words);
        return (last.Length, [.. candidates.Where(name => name.StartsWith(last, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The language in force at a position, and where its stretch of code begins.</summary>
    private static (CellLanguage Language, int Start) LanguageAt(NotebookSession session, string cell, int position)
    {
        var language = session.Language("csharp");
        var start = 0;
        var lineStart = 0;
        foreach (var line in cell.Split('\n'))
        {
            var next = lineStart + line.Length + 1;
            if (next > position && next <= cell.Length) break;
            if (DirectiveLine.Is(line))
            {
                language = session.FindLanguage(line.TrimEnd()[2..].Split(' ')[0]) ?? language;
                start = Math.Min(next, cell.Length);
            }
            lineStart = next;
        }
        return (language, Math.Min(start, position));
    }
}
