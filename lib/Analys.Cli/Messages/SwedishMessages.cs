using System.Text;
using System.Text.RegularExpressions;
using Analys.Cli.Help;

namespace Analys.Cli.Messages;

/// <summary>What refusals, findings, notices and words of progress are called in Swedish. They are made in English wherever in the library
/// they arise; here, at the edge, each is found again among the templates of <c>Texts/messages.sv.txt</c>. Names, ids and numbers stand in
/// the holes of a template and stay as they are.</summary>
/// <remarks>A line may hold several messages: it is cut where the cuts leave least of it in English.</remarks>
internal static partial class SwedishMessages
{
    private const string Hole = "{}", Translated = "{*}", Swedish = "= ";

    // Lines of the command begin with its name, notes with a word more.
    private static readonly (string English, string Swedish)[] Heads =
        [("analys: note: ", "analys: obs: "), ("note: ", "obs: "), ("analys: ", "analys: ")];

    private static readonly Lazy<Template[]> Templates = new(Read);

    /// <summary>The English templates, with <c>{}</c> for what is filled in.</summary>
    public static IEnumerable<string> Known => Templates.Value.Select(template => template.English);

    /// <summary>A line in Swedish; what is not known stays in English.</summary>
    public static string Of(string line)
    {
        foreach (var (english, swedish) in Heads)
        {
            if (line.StartsWith(english, StringComparison.Ordinal)) return swedish + Of(line[english.Length..]);
        }

        return Best(line, 0).Text;
    }

    /// <summary>How many characters of a text have no Swedish one.</summary>
    public static int Unknown(string text) => Best(text, 0).Left;

    // From the end: the best text of each rest of the line that may begin a message. Of two that leave as little in English the one whose
    // templates say more of it themselves.
    private static Found Best(string line, int depth)
    {
        if (line.Length == 0 || depth > 4) return new(line, line.Length, 0);
        var cuts = Cuts(line);
        var best = new Found?[cuts.Count];
        best[^1] = new("", 0, 0);
        for (var i = cuts.Count - 2; i >= 0; i--)
        {
            for (var j = cuts.Count - 1; j > i; j--)
            {
                var piece = line[cuts[i]..cuts[j]];
                var whole = Whole(piece.TrimEnd(' '), depth);
                if (piece.EndsWith(' ')) whole = whole with { Text = whole.Text + " " };
                var rest = best[j]!;
                var found = new Found(whole.Text + rest.Text, whole.Left + rest.Left, whole.Says + rest.Says);
                if (best[i] is not { } other || found.Left < other.Left || (found.Left == other.Left && found.Says > other.Says))
                    best[i] = found;
            }
        }

        return best[0]!;
    }

    // Where one message may end and another begin.
    private static List<int> Cuts(string line)
    {
        var cuts = new List<int> { 0 };
        for (var i = 1; i + 1 < line.Length && cuts.Count < 24; i++)
        {
            if (line[i] == ' ' && line[i - 1] is '.' or '?' or '!' or ':' or ';') cuts.Add(i + 1);
        }

        cuts.Add(line.Length);
        return cuts;
    }

    private static Found Whole(string text, int depth)
    {
        var best = new Found(text, text.Count(char.IsLetter), 0);
        foreach (var template in Templates.Value)
        {
            if (best.Left == 0) break;
            if (template.Match(text) is not { } filled) continue;
            var (found, hole) = (new Found("", 0, template.Says), 0);
            foreach (var part in template.Swedish)
            {
                if (part is not (Hole or Translated))
                {
                    found = found with { Text = found.Text + part };
                    continue;
                }

                var value = filled[hole++];
                // Names have no sentences: what reads like one is not what the hole is for.
                var inner = part == Translated ? Inner(value, depth)
                    : new Found(value, Sentence().IsMatch(value) ? value.Count(char.IsLetter) : 0, 0);
                found = new(found.Text + inner.Text, found.Left + inner.Left, found.Says + inner.Says);
            }

            if (found.Left < best.Left) best = found;
        }

        return best;
    }

    [GeneratedRegex(@"[.?!:;] \p{Lu}|\. ?$")]
    private static partial Regex Sentence();

    // A space before what stands in a hole is the hole's own.
    private static Found Inner(string value, int depth)
    {
        var bare = value.TrimStart(' ');
        var found = Best(bare, depth + 1);
        return found with { Text = value[..^bare.Length] + found.Text };
    }

    private static Template[] Read()
    {
        using var reader = new StreamReader(CliTexts.Open("messages.sv.txt"));
        var (templates, english) = (new List<Template>(), "");
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(Swedish, StringComparison.Ordinal)) templates.AddRange(Of(english, line[Swedish.Length..]));
            else if (!line.StartsWith('#')) english = line;
        }

        return [.. templates.DistinctBy(template => template.English).OrderByDescending(template => template.Says)];
    }

    // A message, and each of its sentences where both languages have as many: others may stand between them.
    private static IEnumerable<Template> Of(string english, string swedish)
    {
        yield return new Template(english, swedish);
        var (first, second) = (SentenceEnd().Split(english), SentenceEnd().Split(swedish));
        if (first.Length == 1 || first.Length != second.Length) yield break;
        foreach (var (one, other) in first.Zip(second))
        {
            if (one.Count(letter => letter == '{') == other.Count(letter => letter == '{')
                && one.Count(char.IsLetter) > 7) yield return new Template(one, other);
        }
    }

    [GeneratedRegex(@"(?<=[.?!]) (?=\p{Lu})")]
    private static partial Regex SentenceEnd();

    // A text in Swedish, how many letters of it are not, and how many the templates have themselves.
    private sealed record Found(string Text, int Left, int Says);

    private sealed class Template
    {
        private readonly string[] parts;

        public Template(string english, string swedish)
        {
            English = english;
            parts = english.Split(Hole);
            Says = parts.Sum(part => part.Length);
            Swedish = [.. Pieces(swedish)];
            if (Swedish.Count(part => part is Hole or Translated) != parts.Length - 1)
                throw new InvalidDataException($"The Swedish text has other holes: {english}");
        }

        public string English { get; }

        // How much of it is not filled in: of two that fit the one that says more is meant.
        public int Says { get; }

        public string[] Swedish { get; }

        // What stands in the holes; null where the text is not of this template.
        public string[]? Match(string text)
        {
            if (text.Length < Says || !text.StartsWith(parts[0], StringComparison.Ordinal)
                || !text.EndsWith(parts[^1], StringComparison.Ordinal)) return null;
            if (parts.Length == 1) return text.Length == Says ? [] : null;
            var (filled, at, end) = (new string[parts.Length - 1], parts[0].Length, text.Length - parts[^1].Length);
            for (var i = 1; i < parts.Length; i++)
            {
                var next = i == parts.Length - 1 ? end : text.IndexOf(parts[i], at, end - at, StringComparison.Ordinal);
                if (next < at) return null;
                filled[i - 1] = text[at..next];
                at = next + parts[i].Length;
                if (at > end && i < parts.Length - 1) return null;
            }

            return filled;
        }

        private static IEnumerable<string> Pieces(string swedish)
        {
            for (var at = 0; at < swedish.Length;)
            {
                var hole = swedish.IndexOf('{', at);
                if (hole < 0)
                {
                    yield return swedish[at..];
                    yield break;
                }

                if (hole > at) yield return swedish[at..hole];
                var end = swedish.IndexOf('}', hole) + 1;
                yield return swedish[hole..end];
                at = end;
            }
        }
    }
}

/// <summary>Standard error in Swedish: whole lines are translated, whatever else is written passes.</summary>
/// <param name="inner">Where they go.</param>
internal sealed class SwedishWriter(TextWriter inner) : TextWriter
{
    /// <summary>Where messages go.</summary>
    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : SwedishMessages.Of(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(value is null ? null : SwedishMessages.Of(value));

    public override void Flush() => inner.Flush();
}
