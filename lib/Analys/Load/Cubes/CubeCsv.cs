using CsvHelper;

namespace Analys.Load.Cubes;

/// <summary>Writes a cube as tidy CSV: a row for each cell, labels and codes of each dimension, and the value or its mark.</summary>
public static class CubeCsv
{
    /// <summary>Writes the cells.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="cube">The cube.</param>
    public static void Write(Stream stream, Cube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Separator = ',' }, leaveOpen: true);
        foreach (var row in CubeExtract.Rows(cube))
        {
            foreach (var cell in row) csv.WriteField(cell ?? "");
            csv.EndRecord();
        }
    }
}
