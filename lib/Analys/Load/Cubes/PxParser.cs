using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Analys.Load.Cubes;

/// <summary>Takes a PX text apart into keywords, up to the data. A malformed keyword is noted and passed over.</summary>
internal sealed partial class PxParser(string text)
{
    private int at;
    private int line = 1;

    /// <summary>The keywords in the order of the file.</summary>
    public List<PxKeyword> Keywords { get; } = [];

    /// <summary>Keywords that could not be read, with their line.</summary>
    public List<(string Name, int Line, string Expected)> Broken { get; } = [];

    /// <summary>Where the data begin; −1 where there are none.</summary>
    public int DataAt { get; private set; } = -1;

    /// <summary>The line where the data begin.</summary>
    public int DataLine { get; private set; }

    public void Parse()
    {
        while (true)
        {
            SkipSpace();
            if (at >= text.Length) return;
            var start = at;
            var startLine = line;
            var name = "?";
            try
            {
                // A paragraph of a note that its writer closed too early.
                if (At('"') && Keywords.Count > 0
                    && Keywords[^1] is
                    {
                        Name: "NOTE" or "NOTEX" or "INFO"
                or "CELLNOTE" or "CELLNOTEX" or "VALUENOTE" or "VALUENOTEX"
                    } note)
                {
                    name = note.Name;
                    Keywords[^1] = note with { Values = [.. note.Values, .. ReadValues()] };
                    Broken.Add((name, startLine, "one value for a note: its paragraphs are divided by # and not by a semicolon"));
                    continue;
                }

                name = ReadName();
                var language = ReadLanguage();
                var subkeys = ReadSubkeys();
                SkipSpace();
                Expect('=');
                if (name == "DATA" && subkeys.Length == 0)
                {
                    DataAt = at;
                    DataLine = line;
                    return;
                }

                Keywords.Add(new PxKeyword(name, language, subkeys, ReadValues(), startLine));
            }
            catch (PxSyntaxException e)
            {
                Broken.Add((name, startLine, e.Message));
                Resume(start, startLine);
            }
        }
    }

    private string ReadName()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '_') && at - start < 64) at++;
        if (at == start) throw new PxSyntaxException("a keyword");
        return text[start..at].ToUpperInvariant();
    }

    private string? ReadLanguage()
    {
        if (at >= text.Length || text[at] != '[') return null;
        var end = text.IndexOf(']', at);
        if (end < 0 || end - at > 20) throw new PxSyntaxException("a language in brackets");
        var language = text[(at + 1)..end].Trim('"');
        at = end + 1;
        return language;
    }

    private ImmutableArray<string> ReadSubkeys()
    {
        if (at >= text.Length || text[at] != '(') return [];
        at++;
        var keys = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            SkipSpace();
            keys.Add(At('"') ? ReadString() : ReadBare(")"));
            SkipSpace();
            if (At(','))
            {
                at++;
                continue;
            }

            Expect(')');
            return keys.ToImmutable();
        }
    }

    private ImmutableArray<PxItem> ReadValues()
    {
        var items = ImmutableArray.CreateBuilder<PxItem>();
        while (true)
        {
            SkipSpace();
            if (At(';'))
            {
                at++;
                return items.ToImmutable();
            }

            if (at >= text.Length) throw new PxSyntaxException("a semicolon at the end");
            if (At('"'))
            {
                var whole = new StringBuilder(ReadString());
                // Strings without a comma between them are one string over several lines.
                for (SkipSpace(); At('"'); SkipSpace()) whole.Append(ReadString());
                if (At(':'))
                {
                    // A pair of a hierarchy: parent and child, each quoted.
                    at++;
                    SkipSpace();
                    if (!At('"')) throw new PxSyntaxException("a pair of quoted values");
                    items.Add(new PxItem($"\"{whole}\":\"{ReadString()}\"", false));
                }
                else
                {
                    items.Add(new PxItem(whole.ToString(), true));
                }
            }
            else
            {
                items.Add(new PxItem(ReadBare(";"), false));
            }

            SkipSpace();
            if (At(',')) at++;
            else if (!At(';')) throw new PxSyntaxException("a comma or a semicolon after a value");
        }
    }

    private string ReadString()
    {
        at++;
        var start = at;
        while (at < text.Length && text[at] != '"')
        {
            // A line break in a string is odd but legal, unless a keyword begins after it: then a quote is missing.
            if (text[at] == '\n')
            {
                if (KeywordStart().IsMatch(text, at + 1)) throw new PxSyntaxException("a closing quote");
                line++;
            }

            at++;
        }

        if (at >= text.Length) throw new PxSyntaxException("a closing quote");
        return text[start..at++].Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
    }

    private string ReadBare(string ends)
    {
        var start = at;
        var depth = 0;
        while (at < text.Length && (depth > 0 || (text[at] != ',' && !ends.Contains(text[at], StringComparison.Ordinal))))
        {
            if (text[at] is '"' or '\n' && depth == 0) break;
            if (text[at] == '(') depth++;
            else if (text[at] == ')') depth--;
            if (text[at] == '\n') line++;
            if (at - start > 1000) throw new PxSyntaxException("a value");
            at++;
        }

        var bare = text[start..at].Trim();
        return bare.Length > 0 ? bare : throw new PxSyntaxException("a value");
    }

    // On to the next line that a keyword begins on.
    private void Resume(int start, int startLine)
    {
        at = start;
        do
        {
            var end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }
        while (at < text.Length && !KeywordStart().IsMatch(text, at));
        line = startLine + text.AsSpan(start, at - start).Count('\n');
    }

    private bool At(char c) => at < text.Length && text[at] == c;

    private void Expect(char c)
    {
        if (!At(c)) throw new PxSyntaxException($"the character {c}");
        at++;
    }

    private void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            if (text[at] == '\n') line++;
            at++;
        }
    }

    [GeneratedRegex(@"\G[A-Z][A-Z0-9-]{1,40}(\[[^\]\n]{1,12}\])?(\([^\n]{0,500}\))?=", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex KeywordStart();
}

/// <summary>A keyword is malformed; the message says what was expected, never what stands there.</summary>
internal sealed class PxSyntaxException(string expected) : Exception(expected);

/// <summary>A keyword of a PX file with its value, kept as it stands whether or not it is understood.</summary>
/// <param name="Name">The keyword, such as <c>VALUES</c>.</param>
/// <param name="Language">The language in brackets; null for the file's own.</param>
/// <param name="Subkeys">What stands in parentheses.</param>
/// <param name="Values">The items of the value.</param>
/// <param name="Line">The line where it begins, from 1.</param>
internal sealed record PxKeyword(string Name, string? Language, ImmutableArray<string> Subkeys, ImmutableArray<PxItem> Values, int Line)
{
    /// <summary>The texts of the value.</summary>
    public IEnumerable<string> Texts =>
        Values.Where(item => !item.Text.StartsWith("TLIST(", StringComparison.Ordinal) || item.Quoted).Select(item => item.Text);

    /// <summary>The value as one text.</summary>
    public string Text => string.Join(", ", Values.Select(item => item.Text));
}

/// <summary>An item of a value.</summary>
/// <param name="Text">Its text, strings over several lines put together.</param>
/// <param name="Quoted">Whether it stood in quotes; bare words are YES, NO, numbers and TLIST.</param>
internal readonly record struct PxItem(string Text, bool Quoted);
