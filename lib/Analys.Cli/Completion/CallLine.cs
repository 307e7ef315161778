using System.Text;

namespace Analys.Cli.Completion;

/// <summary>A line as it is being typed, in words: quotes may still be open, and the last word is the one that is completed.</summary>
/// <param name="Words">The words before it, without the command's own name.</param>
/// <param name="Current">What is typed of the last word; empty after a space.</param>
internal sealed record CallLine(IReadOnlyList<string> Words, string Current)
{
    /// <summary>Reads a line.</summary>
    public static CallLine Parse(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = '\0';
        var open = false;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (quote != '\0')
            {
                if (letter == quote) quote = '\0';
                else word.Append(letter);
            }
            else if (letter is '"' or '\'')
            {
                (quote, open) = (letter, true);
            }
            else if (letter == '\\' && i + 1 < line.Length && !OperatingSystem.IsWindows())
            {
                word.Append(line[++i]);
                open = true;
            }
            else if (char.IsWhiteSpace(letter))
            {
                if (open || word.Length > 0) words.Add(word.ToString());
                word.Clear();
                open = false;
            }
            else
            {
                word.Append(letter);
            }
        }

        return new CallLine([.. words.Skip(1)], words.Count == 0 ? "" : word.ToString());
    }
}
