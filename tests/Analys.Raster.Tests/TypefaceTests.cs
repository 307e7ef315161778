using Analys.Tests;

namespace Analys.Raster.Tests;

public class TypefaceTests
{
    private static readonly string Table = Repository.At("lib", "Analys", "Present", "Svg", "FontWidths.cs");

    [Fact]
    public void The_table_of_widths_is_what_Skia_reads_from_the_shipped_typeface()
    {
        var made = FontWidthsMaker.Make();
        // After a change of the typeface: ANALYS_WRITE_WIDTHS=1 dotnet test tests/Analys.Raster.Tests
        if (Environment.GetEnvironmentVariable("ANALYS_WRITE_WIDTHS") == "1") File.WriteAllText(Table, made);
        Assert.Equal(File.ReadAllText(Table), made);
    }
}
