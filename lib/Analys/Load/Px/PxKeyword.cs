using System.Collections.Immutable;

namespace Analys.Load.Px;

/// <summary>A keyword of a PX file with its value, kept as it stands whether or not it is understood.</summary>
/// <param name="Name">The keyword, such as <c>VALUES</c>.</param>
/// <param name="Language">The language in brackets; null for the file's own.</param>
/// <param name="Subkeys">What stands in parentheses.</param>
/// <param name="Values">The items of the value.</param>
/// <param name="Line">The line where it begins, from 1.</param>
public sealed record PxKeyword(string Name, string? Language, ImmutableArray<string> Subkeys, ImmutableArray<PxItem> Values, int Line)
{
    /// <summary>The texts of the value.</summary>
    public IEnumerable<string> Texts => Values.Where(item => !item.Text.StartsWith("TLIST(", StringComparison.Ordinal) || item.Quoted).Select(item => item.Text);

    /// <summary>The value as one text.</summary>
    public string Text => string.Join(", ", Values.Select(item => item.Text));
}

/// <summary>An item of a value.</summary>
/// <param name="Text">Its text, strings over several lines put together.</param>
/// <param name="Quoted">Whether it stood in quotes; bare words are YES, NO, numbers and TLIST.</param>
public readonly record struct PxItem(string Text, bool Quoted);
