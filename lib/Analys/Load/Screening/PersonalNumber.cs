namespace Analys.Load.Screening;

/// <summary>Swedish personal identity numbers and co-ordination numbers, from their digits alone.</summary>
/// <remarks>
/// Ten digits (YYMMDDNNNC) or twelve (with century), with or without <c>-</c> or <c>+</c> before the last four; the day of a
/// co-ordination number is raised by 60; the last digit is Luhn's over the ten. Swedish: <i>personnummer</i>, <i>samordningsnummer</i>.
/// Source: Folkbokföringslag (1991:481) 18 §, Skatteverket SKV 704.
/// </remarks>
internal static class PersonalNumber
{
    /// <summary>Whether the whole text is such a number.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> text)
    {
        Span<byte> digits = stackalloc byte[12];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                if (count == 12) return false;
                digits[count++] = (byte)(c - '0');
            }
            else if (!(c is (byte)'-' or (byte)'+' or (byte)' ' && i == text.Length - 5))
            {
                return false;
            }
        }

        return count switch
        {
            12 => digits[0] * 10 + digits[1] is 18 or 19 or 20 && IsNumber(digits[2..]),
            10 => IsNumber(digits[..10]),
            _ => false,
        };
    }

    /// <summary>Whether a text has such a number anywhere in it.</summary>
    public static bool IsIn(string text)
    {
        Span<byte> bytes = stackalloc byte[13];
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsAsciiDigit(text[start]) || (start > 0 && char.IsAsciiDigit(text[start - 1]))) continue;
            var length = 0;
            while (start + length < text.Length && length < 13 && (char.IsAsciiDigit(text[start + length]) || text[start + length] is '-' or '+' or ' ')) length++;
            foreach (var size in (ReadOnlySpan<int>)[13, 12, 11, 10])
            {
                if (length < size || (start + size < text.Length && char.IsAsciiDigit(text[start + size]))) continue;
                for (var i = 0; i < size; i++) bytes[i] = (byte)text[start + i];
                if (IsMatch(bytes[..size])) return true;
            }
        }

        return false;
    }

    private static bool IsNumber(ReadOnlySpan<byte> ten)
    {
        var month = ten[2] * 10 + ten[3];
        var day = ten[4] * 10 + ten[5];
        if (day > 60) day -= 60;
        if (month is < 1 or > 12 || day < 1 || day > (month == 2 ? 29 : month is 4 or 6 or 9 or 11 ? 30 : 31)) return false;
        var sum = 0;
        for (var i = 0; i < 10; i++)
        {
            var term = i % 2 == 0 ? ten[i] * 2 : ten[i];
            sum += term > 9 ? term - 9 : term;
        }

        return sum % 10 == 0;
    }
}
