using System.Globalization;

namespace Analys.Cli.Tables;

/// <summary>Numbers with the digits that they carry: no finer than the step they are rounded to, two digits of their standard error, else
/// four significant ones. Files and JSON keep every digit.</summary>
internal static class Digits
{
    private const int Significant = 4;
    private const int Most = 10;
    private const double Small = 0.01;
    private static readonly string[] Forms = [.. Enumerable.Range(0, Most + 1).Select(decimals => $"F{decimals}")];

    /// <summary>How many decimals a result carries.</summary>
    public static int Of(Result result)
    {
        if (result.Step is > 0 and var step) return Decimals(step);
        if (Error(result) is > 0 and var error) return Math.Clamp(1 - (int)Math.Floor(Math.Log10(error)), 0, Most);
        return result.Value.HasNumber ? Plain(result.Value.Number) : 0;
    }

    /// <summary>A number with so many decimals and a decimal sign.</summary>
    public static string Text(double? value, int decimals, string sign)
    {
        if (value is not { } number) return "";
        var text = Math.Abs(number) < 1e15 ? number.ToString(Forms[decimals], CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
        // A minus before nothing is no number.
        if (text.StartsWith('-') && text.All(letter => letter is '-' or '0' or '.')) text = text[1..];
        return sign == "." ? text : text.Replace(".", sign, StringComparison.Ordinal);
    }

    /// <summary>A count: whole where it is, else with one decimal (weights).</summary>
    public static string Count(double? value, string sign) =>
        Text(value, value is { } number && number == Math.Floor(number) ? 0 : 1, sign);

    private static double? Error(Result result)
    {
        if (result.StandardError is > 0 and var error) return error;
        if (result is { Lower: { } lower, Upper: { } upper } && upper > lower) return (upper - lower) / 4;
        // A share of n persons has an error of its own.
        return result is { Unit: Units.Share, N: > 1 and var n, Value.HasNumber: true }
            && result.Value.Number is >= 0 and <= 1 and var share
            ? Math.Sqrt(Math.Max(share * (1 - share), 1 / n) / n) : null;
    }

    // 0.005 has three, 20 has none.
    private static int Decimals(double step)
    {
        var decimals = 0;
        while (decimals < Most && Math.Abs((step * Math.Pow(10, decimals)) - Math.Round(step * Math.Pow(10, decimals))) > 1e-6) decimals++;
        return decimals;
    }

    private static int Plain(double value) => value == Math.Floor(value) || Math.Abs(value) < 1e-12 ? 0
        : Math.Clamp(Significant - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, Math.Abs(value) < Small ? Most : Significant);
}
