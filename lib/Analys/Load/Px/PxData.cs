using System.Buffers;
using System.Globalization;

namespace Analys.Load.Px;

/// <summary>Reads the cells of a PX file: numbers, marks of one to seven dots and dashes, with or without keys before each row.</summary>
/// <remarks>
/// A row of keys that is absent leaves its cells without a value, not zero. A semicolon may end every line. The marks by dots:
/// one to six are DATASYMBOL1–6, seven DATASYMBOLSUM, a dash DATASYMBOLNIL.
/// </remarks>
internal static class PxData
{
    private static readonly SearchValues<char> Between = SearchValues.Create(" \t\r\n,;");
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n,;\"");

    public const byte Nil = 7;
    public const byte Sum = 8;
    public const byte Absent = 9;

    /// <summary>Reads data without keys; false where the cells are not as many as they should be.</summary>
    public static bool Read(ReadOnlySpan<char> text, double[] values, byte[] symbols)
    {
        var cell = 0;
        while (Next(ref text, out var token, out _))
        {
            if (cell == values.Length || !Set(token, values, symbols, cell)) return false;
            cell++;
        }

        return cell == values.Length;
    }

    /// <summary>Reads data with keys: <paramref name="find"/> gives the first cell of a row by its keys, −1 for unknown ones.</summary>
    public static bool ReadKeyed(ReadOnlySpan<char> text, int keys, int perRow, Func<string[], int> find, double[] values, byte[] symbols)
    {
        Array.Fill(values, double.NaN);
        Array.Fill(symbols, Absent);
        var key = new string[keys];
        while (true)
        {
            for (var i = 0; i < keys; i++)
            {
                if (!Next(ref text, out var token, out _)) return i == 0;
                key[i] = token.ToString();
            }

            var first = find(key);
            if (first < 0) return false;
            for (var i = 0; i < perRow; i++)
            {
                if (!Next(ref text, out var token, out _) || !Set(token, values, symbols, first + i)) return false;
            }
        }
    }

    private static bool Set(ReadOnlySpan<char> token, double[] values, byte[] symbols, int cell)
    {
        symbols[cell] = 0;
        token = token.Trim();
        if (token is "-")
        {
            symbols[cell] = Nil;
        }
        else if (token.Length is > 0 and <= 7 && token.IndexOfAnyExcept('.') < 0)
        {
            symbols[cell] = token.Length == 7 ? Sum : (byte)token.Length;
        }
        else if (token.Length == 0)
        {
            symbols[cell] = Absent;
        }
        else
        {
            return double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out values[cell]) && double.IsFinite(values[cell]);
        }

        values[cell] = double.NaN;
        return true;
    }

    private static bool Next(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> token, out bool quoted)
    {
        var start = text.IndexOfAnyExcept(Between);
        token = default;
        quoted = false;
        if (start < 0) return false;
        text = text[start..];
        if (text[0] == '"')
        {
            quoted = true;
            var close = text[1..].IndexOf('"');
            if (close < 0) close = text.Length - 1;
            token = text.Slice(1, Math.Min(close, text.Length - 1));
            text = text[Math.Min(text.Length, close + 2)..];
            return true;
        }

        var end = text.IndexOfAny(Ends);
        if (end < 0) end = text.Length;
        token = text[..end];
        text = text[end..];
        return true;
    }
}
