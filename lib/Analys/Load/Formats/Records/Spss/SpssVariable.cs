using System.Text;

namespace Analys.Load.Formats.Records.Spss;

/// <summary>A variable as an SPSS dictionary describes it, put together from its scattered parts.</summary>
internal sealed class SpssVariable
{
    public required byte[] ShortName { get; init; }

    public required byte[]? Label { get; init; }

    /// <summary>The bytes of a text; 0 for a number.</summary>
    public required int Width { get; set; }

    public required int FormatType { get; init; }

    /// <summary>How many codes are missing; −2 for a range, −3 for a range and one more.</summary>
    public required int MissingCount { get; init; }

    public required byte[][] MissingCodes { get; init; }

    public Encoding Encoding { get; set; } = Encoding.UTF8;

    /// <summary>The units of eight bytes that it takes in a record.</summary>
    public int Elements { get; set; } = 1;

    public string? LongName { get; set; }

    public Dictionary<string, string> Labels { get; } = new(StringComparer.Ordinal);

    public HashSet<string> MissingTexts { get; } = new(StringComparer.Ordinal);

    /// <summary>The short name in capitals, by which the other parts refer to it.</summary>
    public string Name => RecordText.Trimmed(ShortName, Encoding).ToUpperInvariant();

    public VariableKind Kind => Width > 0 ? VariableKind.Text : FormatType switch
    {
        20 or 23 or 24 or 38 or 39 => VariableKind.Date,
        21 or 25 => VariableKind.Time,
        22 or 41 => VariableKind.DateTime,
        28 => VariableKind.Month,
        _ => VariableKind.Number,
    };

    private double low = double.NaN;
    private double high = double.NaN;
    private double[] single = [];

    /// <summary>Whether the user declared a number to be missing.</summary>
    public bool IsMissing(double value) => (value >= low && value <= high) || Array.IndexOf(single, value) >= 0;

    /// <summary>Reads the codes that stand with the variable.</summary>
    public void ReadMissing(ByteReader reader)
    {
        if (Width > 0)
        {
            foreach (var code in MissingCodes) MissingTexts.Add(Encoding.GetString(code.AsSpan(0, Math.Min(8, Width))).TrimEnd());
            return;
        }

        double[] codes = [.. MissingCodes.Select(code => reader.Double(code))];
        if (MissingCount < 0 && codes.Length < 2) throw new DamagedFileException("a range of missing values has one end");
        if (MissingCount < 0) (low, high) = (codes[0], codes[1]);
        single = MissingCount < 0 ? codes[2..] : codes;
    }

    public Variable ToVariable() =>
        new(LongName ?? RecordText.Trimmed(ShortName, Encoding), Kind, Label is null ? null
        : RecordText.Trimmed(Label, Encoding))
        { Labels = Labels };
}

/// <summary>Labels and missing codes of texts of more than eight bytes, which SPSS keeps in parts of their own.</summary>
internal static class SpssLongStrings
{
    public static void ReadLabels(ReadOnlySpan<byte> bytes, ByteReader order, Encoding encoding, List<SpssVariable> variables)
    {
        while (bytes.Length >= 4)
        {
            var name = encoding.GetString(Take(ref bytes, order.Int32(Take(ref bytes, 4))));
            Take(ref bytes, 4);
            var count = order.Int32(Take(ref bytes, 4));
            var variable = Find(variables, name);
            for (var i = 0; i < count; i++)
            {
                var value = encoding.GetString(Take(ref bytes, order.Int32(Take(ref bytes, 4)))).TrimEnd();
                var label = encoding.GetString(Take(ref bytes, order.Int32(Take(ref bytes, 4)))).TrimEnd();
                if (variable is not null) variable.Labels[value] = label;
            }
        }
    }

    public static void ReadMissing(ReadOnlySpan<byte> bytes, ByteReader order, Encoding encoding, List<SpssVariable> variables)
    {
        while (bytes.Length >= 4)
        {
            var name = encoding.GetString(Take(ref bytes, order.Int32(Take(ref bytes, 4))));
            var count = Take(ref bytes, 1)[0];
            var length = order.Int32(Take(ref bytes, 4));
            var variable = Find(variables, name);
            for (var i = 0; i < count; i++)
            {
                var value = encoding.GetString(Take(ref bytes, length)).TrimEnd();
                variable?.MissingTexts.Add(value);
            }
        }
    }

    private static SpssVariable? Find(List<SpssVariable> variables, string name) =>
        variables.Find(variable => (variable.LongName ?? variable.Name) == name
        || string.Equals(variable.Name, name, StringComparison.OrdinalIgnoreCase));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (count < 0 || count > bytes.Length) throw new DamagedFileException("a list of long labels is broken off");
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
