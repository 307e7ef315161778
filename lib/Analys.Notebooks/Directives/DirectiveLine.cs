using System.Text;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Directives;

/// <summary>A line that begins with <c>#!</c>, taken apart.</summary>
/// <param name="Name">The first word, <c>#!</c> included.</param>
/// <param name="Words">The words that belong to no option; quotes keep words together.</param>
/// <param name="Options">The words after each <c>--option</c>.</param>
/// <param name="Number">The line of the cell, from 1.</param>
internal sealed record DirectiveLine(string Name, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options, int Number)
{
    /// <summary>Whether a line of a cell is for the engine: <c>#!</c> in the first column and a letter after it.</summary>
    public static bool Is(string line) => line.Length > 2 && line.StartsWith("#!", StringComparison.Ordinal) && char.IsAsciiLetter(line[2]);

    public static DirectiveLine Parse(string line, int number)
    {
        var words = Split(line);
        var free = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal)) free.Add(words[i]);
            else if (i + 1 == words.Count) throw CellException.Directive($"{words[0]}: {words[i]} needs a value.", number);
            else if (!options.TryAdd(words[i], words[++i])) throw CellException.Directive($"{words[0]}: {words[i - 1]} stands twice.", number);
        }
        return new DirectiveLine(words[0], free, options, number);
    }

    /// <summary>Complains of options that the directive does not have: a misspelt one must not be passed over.</summary>
    public void Allow(IReadOnlyList<string> known)
    {
        foreach (var option in Options.Keys.Except(known))
            throw CellException.Directive($"{Name} has no option {option}{(known.Count > 0 ? $"; it has {string.Join(", ", known)}" : "")}.", Number);
    }

    public string Option(string name) => Options.GetValueOrDefault(name) ?? throw CellException.Directive($"{Name} needs {name}.", Number);

    private static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        var any = false;
        foreach (var letter in line.TrimEnd())
        {
            if (letter == '"')
            {
                quoted = !quoted;
                any = true;
            }
            else if (char.IsWhiteSpace(letter) && !quoted)
            {
                if (any) words.Add(word.ToString());
                word.Clear();
                any = false;
            }
            else
            {
                word.Append(letter);
                any = true;
            }
        }
        if (any) words.Add(word.ToString());
        return words;
    }
}
