using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Analys.Load;

/// <summary>Numbers as sources write them, from UTF-8 bytes, whatever the culture of the machine.</summary>
internal static class NumberText
{
    // Beyond 15 digits or 22 decimals mantissa / power is no longer the nearest double: the slow path decides.
    internal const int ExactDigits = 15;
    internal static readonly double[] Powers = [.. Enumerable.Range(0, 23).Select(k => double.Parse($"1e{k}", CultureInfo.InvariantCulture))];

    /// <summary>Reads digits with an optional sign and one decimal mark; anything else goes the slow way.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Field field, out double value)
    {
        var point = (byte)field.DecimalChar;
        long mantissa = 0;
        int digits = 0, decimals = -1, i = 0;
        var negative = text.Length > 0 && text[0] == (byte)'-';
        if (negative) i++;
        for (; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
                if (decimals >= 0) decimals++;
            }
            else if (text[i] == point && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return TrySlow(text, field, out value);
            }
        }

        if (digits is 0 or > ExactDigits || decimals == 0) return TrySlow(text, field, out value);
        value = decimals <= 0 ? mantissa : mantissa / Powers[decimals];
        if (negative) value = -value;
        return true;
    }

    private static bool TrySlow(ReadOnlySpan<byte> bytes, Field field, out double value)
    {
        value = 0;
        if (bytes.Length > 200) return false;
        var text = Encoding.UTF8.GetString(bytes).Trim();
        if (!field.BareNumber) text = text.Trim().TrimStart(c => !char.IsAsciiDigit(c) && c is not ('-' or '+' or '−')).TrimEnd(c => !char.IsAsciiDigit(c));
        if (field.GroupChar is { } group && !TryUngroup(ref text, group, field.DecimalChar)) return false;
        if (field.DecimalChar != '.' && text.Contains('.', StringComparison.Ordinal)) return false;
        text = text.Replace(field.DecimalChar, '.').Replace('\u2212', '-');
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    private static string TrimStart(this string text, Func<char, bool> skip)
    {
        var start = 0;
        while (start < text.Length && skip(text[start])) start++;
        return text[start..];
    }

    private static string TrimEnd(this string text, Func<char, bool> skip)
    {
        var end = text.Length;
        while (end > 0 && skip(text[end - 1])) end--;
        return text[..end];
    }

    // A group mark stands only between one to three digits and exactly three; a space stands for U+00A0, U+202F and U+2009 too.
    private static bool TryUngroup(ref string text, char group, char point)
    {
        var whole = text.IndexOf(point, StringComparison.Ordinal) is var at && at >= 0 ? at : text.Length;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isGroup = text[i] == group || (group == ' ' && text[i] is '\u00A0' or '\u202F' or '\u2009');
            if (!isGroup)
            {
                clean.Append(text[i]);
                continue;
            }

            var end = i + 1;
            while (end < whole && char.IsAsciiDigit(text[end])) end++;
            var start = i;
            while (start > 0 && char.IsAsciiDigit(text[start - 1])) start--;
            // 1234 567 is no number in thousands: it may be two.
            if (i - start is 0 or > 3 || end - i != 4) return false;
        }

        text = clean.ToString();
        return true;
    }

    /// <summary>Reads a number in a field's own notation, as constraints are written.</summary>
    public static bool TryParse(string text, Field field, out double value) => TryParse(Encoding.UTF8.GetBytes(text), field, out value);

    /// <summary>Whether a number is whole and small enough to be exact.</summary>
    public static bool IsWhole(double value) => Math.Abs(value) <= 9007199254740992 && Math.Floor(value) == value;

    /// <summary>Whether the bytes are decimal digits alone.</summary>
    public static bool IsDigits(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out ulong _, out var used) && used == text.Length;
}
