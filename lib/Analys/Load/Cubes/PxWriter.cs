using System.Globalization;
using System.Text;

namespace Analys.Load.Cubes;

/// <summary>Writes a PX file: reading it again gives the same keywords, figures and marks.</summary>
internal static class PxWriter
{
    // Older readers refuse longer lines: strings are cut and continue on the next one.
    private const int LineLength = 200;

    /// <summary>The file as UTF-8 text with CODEPAGE saying so.</summary>
    /// <param name="table">The table.</param>
    public static string Write(PxTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder();
        var keyed = false;
        foreach (var keyword in table.Keywords)
        {
            if (keyword.Name == "KEYS")
            {
                // All cells are written: keys are not needed.
                keyed = true;
                continue;
            }

            text.Append(keyword.Name);
            if (keyword.Language is not null) text.Append(CultureInfo.InvariantCulture, $"[{keyword.Language}]");
            if (!keyword.Subkeys.IsEmpty) text.Append('(').AppendJoin(',', keyword.Subkeys.Select(key => $"\"{key}\"")).Append(')');
            text.Append('=');
            if (keyword.Name == "CODEPAGE") text.Append("\"utf-8\"");
            else text.AppendJoin(',', keyword.Values.Select(item => item.Quoted ? Quoted(item.Text) : item.Text));
            text.Append(";\n");
        }

        WriteData(text, table, keyed || table.Sha256.Length == 0);
        return text.ToString();
    }

    private static void WriteData(StringBuilder text, PxTable table, bool keyed)
    {
        var cube = table.Cube;
        var perLine = cube.Dimensions.Length == 0 ? 1 : Math.Max(1, cube.Dimensions[^1].Count);
        text.Append("DATA=");
        for (var cell = 0; cell < cube.Values.Length; cell++)
        {
            text.Append(cell % perLine == 0 ? '\n' : ' ');
            text.Append(table.SymbolAt(cell) switch
            {
                PxSymbol.None => cube.Values[cell].ToString("R", CultureInfo.InvariantCulture),
                PxSymbol.Nil => "\"-\"",
                PxSymbol.Sum => "\".......\"",
                PxSymbol.Absent => keyed ? "\"\"" : "\"..\"",
                var symbol => $"\"{new string('.', (int)symbol)}\"",
            });
        }

        text.Append(";\n");
    }

    private static string Quoted(string value)
    {
        if (value.Length <= LineLength) return $"\"{value}\"";
        return string.Join('\n', value.Chunk(LineLength).Select(part => $"\"{new string(part)}\""));
    }
}
