using System.Text;
using System.Text.Json;
using Analys.Present;
using static Analys.Tests.Disclosure.Counts.Figures;

namespace Analys.Tests.Present;

/// <summary>Figures, tables and records of a release with secondary suppressions show that something is withheld, and nothing of
/// it.</summary>
public class WithheldFigureTests
{
    private static readonly (string Area, double Poor, double All)[] Areas =
        [("Bromma", 3, 317), ("Farsta", 40, 400), ("Kungsholmen", 90, 350), ("Älvsjö", 21, 211), ("Norrmalm", 60, 300),
            ("Skärholmen", 100, 400)];

    private static Released Released() => Confidential(
        Areas.Select(area => Poor(area.Area, area.Poor, area.All)).Append(Poor(null, 314, 1978))).Release(Policy.Stockholm);

    // The shares, counts and bases of the withheld districts, as they would be printed.
    private static readonly string[] Secrets = ["317", "211", "0.00946", "0,9", "0.0995", "10,0"];

    [Fact]
    public void Bars_maps_and_tables_mark_what_is_withheld()
    {
        var released = Released();
        Assert.Equal(2, released.SuppressedCount);
        foreach (var figure in (Figure[])[released.RankedBar(), released.TileMap()])
        {
            var svg = figure.ToSvg();
            Assert.Contains("..", svg, StringComparison.Ordinal);
            Assert.Contains("Skyddad uppgift", svg + figure.ToHtml(), StringComparison.OrdinalIgnoreCase);
            using var csv = new MemoryStream();
            figure.Table.WriteCsv(csv, figure.Language);
            var table = Encoding.UTF8.GetString(csv.ToArray());
            Assert.Contains("..", table, StringComparison.Ordinal);
            foreach (var secret in Secrets[..4]) Assert.DoesNotContain(secret, table, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_record_says_which_rule()
    {
        using var stream = new MemoryStream();
        RecordWriter.WriteJson(stream, Released(), "test");
        var text = Encoding.UTF8.GetString(stream.ToArray());
        foreach (var secret in Secrets) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        var rows = JsonDocument.Parse(text).RootElement.GetProperty("results").EnumerateArray()
            .Where(row => row.GetProperty("status").GetString() == "suppressed").ToList();
        Assert.Equal(["secondary", "threshold"], rows.Select(row => row.GetProperty("reason").GetString()).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.All((string[])["value", "n", "lower", "upper", "standardError"],
            name => Assert.Equal(JsonValueKind.Null, row.GetProperty(name).ValueKind)));
        Assert.DoesNotContain("audit", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Bounds_stay_out_of_everything_that_shows_itself()
    {
        var released = Released();
        Assert.NotEmpty(released.Audit!.Bounds);
        Assert.Equal("7 results released under stockholm, 2 withheld", released.ToString());
        Assert.Same(released.Audit, released.Where(row => row.Area is not null).Audit);
    }
}
