using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Analys.Attack.Tests.Outputs;

/// <summary>Numbers that no output may hold: the true figures behind what was rounded or withheld, and the register's own
/// incomes.</summary>
/// <remarks>They are known by their digits: a number of four digits and more within a half of a thousandth of a secret is that secret,
/// unless the release itself prints it.</remarks>
internal sealed partial class Secrets
{
    private const double Near = 5e-4;
    private readonly double[] sorted;
    private readonly HashSet<double> printed;

    private Secrets(IEnumerable<double> secrets, HashSet<double> printed)
    {
        this.printed = printed;
        sorted = [.. secrets.Where(secret => Digits(secret) >= 5 && !printed.Contains(secret)).Distinct().Order()];
    }

    /// <summary>How many there are.</summary>
    public int Count => sorted.Length;

    /// <summary>The secrets of a call.</summary>
    /// <param name="released">Its records under a policy.</param>
    /// <param name="truth">Its records inside the secure environment.</param>
    /// <param name="incomes">Incomes of the register.</param>
    public static Secrets Of(string released, string truth, IEnumerable<double> incomes)
    {
        var printed = Numbers(released).ToHashSet();
        return new(Figures(truth).Concat(incomes), printed);
    }

    /// <summary>The secrets of a table whose figures are not to be seen in a picture of it.</summary>
    public static Secrets Of(IEnumerable<double> secrets) => new(secrets, []);

    /// <summary>The secrets that an output holds, each as it stands there.</summary>
    public IEnumerable<string> In(byte[] output)
    {
        foreach (var text in Texts(output))
        {
            foreach (var number in Numbers(text).Where(number => Digits(number) >= 4 && !printed.Contains(number)).Distinct())
            {
                var at = Array.BinarySearch(sorted, number - (Near * Math.Abs(number)));
                if (at < 0) at = ~at;
                if (at < sorted.Length && sorted[at] <= number + (Near * Math.Abs(number)) && !IsCoarse(number, sorted[at]))
                    yield return string.Create(CultureInfo.InvariantCulture, $"{number:R} for {sorted[at]:R}");
            }
        }
    }

    // A number that is round for its size is one of a step, or of a scale: 250 000 is near somebody's income by chance.
    private static bool IsCoarse(double number, double secret) => Digits(number) < 5 && number != secret && Math.Abs(number) >= 1000;

    private static int Digits(double number) =>
        Math.Abs(number).ToString("E12", CultureInfo.InvariantCulture).Split('E')[0].Replace(".", "", StringComparison.Ordinal)
            .TrimEnd('0').Length;

    private static IEnumerable<double> Figures(string truth)
    {
        using var document = JsonDocument.Parse(truth);
        var found = new List<double>();
        Walk(document.RootElement);
        return found;

        void Walk(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Number) found.Add(element.GetDouble());
            else if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) Walk(item);
            else if (element.ValueKind == JsonValueKind.Object)
                foreach (var property in element.EnumerateObject().Where(property => property.Name is not ("parameters" or "provenance"
                    or "coverage"))) Walk(property.Value);
        }
    }

    // A workbook is a packed folder; everything else is text, or has its text in the open.
    private static IEnumerable<string> Texts(byte[] output)
    {
        if (output.AsSpan().StartsWith("PK"u8))
        {
            using var zip = new ZipArchive(new MemoryStream(output));
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                yield return reader.ReadToEnd();
            }
        }
        else
        {
            yield return Encoding.UTF8.GetString(output);
        }
    }

    private static IEnumerable<double> Numbers(string text)
    {
        foreach (Match match in Number().Matches(Blanks().Replace(text, "")))
        {
            if (double.TryParse(match.Value.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number))
                yield return number;
        }
    }

    // A comma behind many digits divides columns.
    [GeneratedRegex(@"-?(\d+\.\d+|(?<!\d)\d{1,3},\d+|\d+)([eE][-+]?\d+)?")]
    private static partial Regex Number();

    // Thousands stand apart by a blank that does not break.
    [GeneratedRegex(@"(?<=\d)[\u00a0\u202f\u2009](?=\d{3})")]
    private static partial Regex Blanks();
}
