using System.Diagnostics;
using System.Globalization;
using System.Text;
using Analys.Load;
using Analys.Load.Csv;
using Analys.Load.Schema;

namespace Analys.Tests.Load.Csv;

public class CsvFileTests
{
    private static readonly TableSchema People = TestFile.Schema("""
        { "fields": [
            { "name": "område", "type": "string", "constraints": { "required": true } },
            { "name": "antal", "type": "integer", "constraints": { "minimum": 0 } },
            { "name": "andel", "type": "number", "decimalChar": ",", "groupChar": " " } ],
          "missingValues": ["", { "value": "..", "label": "not available" }, { "value": "-", "label": "nil" }] }
        """);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8-bom")]
    [InlineData("windows-1252")]
    [InlineData("utf-16")]
    public void The_encoding_is_decided_by_the_bytes(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string text = "område;antal;andel\nHässelby-Vällingby;12;3,5\n\"Järva\";..;1 234,5\n";
        var bytes = encoding switch
        {
            "utf-8" => new UTF8Encoding(false).GetBytes(text),
            "utf-8-bom" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            _ => Encoding.GetEncoding(1252).GetBytes(text),
        };
        using var file = new TestFile("a.csv", bytes);
        var extract = Extract.Load(file.Path, People);
        Assert.Equal(["Hässelby-Vällingby", "Järva"], extract.Text("område").Categories);
        Assert.Equal(1234.5, extract.Number("andel").Values[1]);
        Assert.Equal(Mark.NotAvailable, extract.Number("antal").MarkAt(1));
    }

    [Fact]
    public void Columns_are_as_long_as_the_table_however_they_are_read()
    {
        using var file = new TestFile("a.csv", "område;antal;andel\na;1;2\nb;..;3\n");
        var extract = Extract.Load(file.Path, People);
        Assert.Equal((2, 2, 2),
            (extract.Number("antal").Values.Length, extract.Number("antal").Memory.Length, extract["antal"].Marks.Length));
        Assert.Equal(2, extract.Text("område").Codes.Length);
    }

    [Fact]
    public void Thousands_stand_apart_by_any_space()
    {
        using var file = new TestFile("a.csv", "område;antal;andel\na;1;1 234,5\nb;2;1\u00A0234,5\nc;3;1\u202F234,5\n");
        Assert.Equal([1234.5, 1234.5, 1234.5], Extract.Load(file.Path, People).Number("andel").Values.ToArray());
    }

    [Fact]
    public void Footnotes_end_the_table_and_data_after_them_is_reported()
    {
        var schema = People with { Dialect = new Dialect(';', 1, Footer: true) };
        using var good = new TestFile("a.csv", "område;antal;andel\na;1;2\nb;2;3\n\n1) En fotnot;;\n\"En fotnot\növer två rader\";;\n");
        Assert.Equal(2, Extract.Load(good.Path, schema).RowCount);
        using var bad = new TestFile("a.csv", "område;antal;andel\na;1;2\nb;;\nc;2;3\n");
        var (extract, findings) = Extract.TryLoad(bad.Path, schema);
        Assert.Null(extract);
        Assert.Equal([("data-after-footer", 4L)], findings.Select(finding => (finding.Code, finding.Row!.Value)));
    }

    [Fact]
    public void All_of_ten_thousand_bad_cells_are_reported_without_their_values()
    {
        var text = new StringBuilder("område;antal;andel\n");
        for (var i = 0; i < 20_000; i++) text.Append(CultureInfo.InvariantCulture, $"a;{(i % 2 == 0 ? "hemlighet" : "7")};1,5\n");
        using var file = new TestFile("a.csv", text.ToString());
        var (_, findings) = Extract.TryLoad(file.Path, People);
        Assert.Equal(10_000, findings.Count);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => 2L + (2 * i)), findings.Select(finding => finding.Row!.Value));
        Assert.DoesNotContain(findings, finding => finding.ToString().Contains("hemlighet", StringComparison.Ordinal));
    }

    [Fact]
    public void Short_long_and_blank_rows_have_their_coordinates()
    {
        using var file = new TestFile("a.csv", "område;antal;andel\na;1\n\nb;1;2;3\nc;1;2\n");
        var (_, findings) = Extract.TryLoad(file.Path, People);
        Assert.Equal(
            [("missing-cell", 2L, 3), ("blank-row", 3L, null), ("extra-cell", 4L, (int?)4)],
            findings.Select(finding => (finding.Code, finding.Row!.Value, finding.Field)));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Plain_and_quoted_readers_and_the_stream_agree(string lineBreak)
    {
        var random = new Random(7);
        var plain = new StringBuilder();
        var quoted = new StringBuilder();
        plain.Append("område;antal;andel").Append(lineBreak);
        quoted.Append("område;antal;andel").Append(lineBreak);
        string[] names =
            ["Bromma", "Järva", "Skärholmen", "Enskede-Årsta-Vantör", "Norra innerstaden, en lång text som går över åtta byte"];
        for (var i = 0; i < 60_000; i++)
        {
            var name = names[random.Next(names.Length)];
            var count = random.Next(20) == 0 ? ".." : random.Next(100_000).ToString(CultureInfo.InvariantCulture);
            var share = random.Next(30) == 0 ? "-" : (random.NextDouble() * 1000).ToString("0.#####", CultureInfo.InvariantCulture)
                .Replace('.', ',');
            plain.Append(CultureInfo.InvariantCulture, $"{name};{count};{share}").Append(lineBreak);
            quoted.Append(CultureInfo.InvariantCulture, $"\"{name}\";\"{count}\";{share}").Append(lineBreak);
        }

        using var one = new TestFile("one.csv", plain.ToString());
        using var two = new TestFile("two.csv", quoted.ToString());
        var a = Extract.Load(one.Path, People);
        var b = Extract.Load(two.Path, People);
        Assert.Equal(60_000, a.RowCount);
        Assert.Equal(a.Text("område").Categories, b.Text("område").Categories);
        Assert.Equal(a.Text("område").Codes.ToArray(), b.Text("område").Codes.ToArray());
        Assert.Equal(a.Number("andel").Values.ToArray(), b.Number("andel").Values.ToArray());
        Assert.Equal(a.Number("antal").Marks.ToArray(), b.Number("antal").Marks.ToArray());

        var stream = ExtractStream.Open(one.Path, People);
        var chunks = stream.ToList();
        Assert.True(chunks.Count > 1);
        Assert.Equal(a.Text("område").Codes.ToArray(), chunks.SelectMany(chunk => ((TextColumn)chunk["område"]).Codes.ToArray()));
        Assert.Equal(a.Number("andel").Values.ToArray(), chunks.SelectMany(chunk => ((NumberColumn)chunk["andel"]).Values.ToArray()));
        Assert.Equal(a.Number("antal").Marks.ToArray(),
            chunks.SelectMany(chunk => Enumerable.Range(0, chunk.RowCount).Select(row => chunk["antal"].MarkAt(row))));
        Assert.Equal(a.Provenance.Sources[0].Sha256, stream.Provenance!.Sources[0].Sha256);
    }

    [Fact]
    public void A_stream_ends_in_the_findings_of_the_whole_file()
    {
        var text = new StringBuilder("område;antal;andel\n");
        for (var i = 0; i < 200_000; i++) text.Append(i % 50_000 == 40_000 ? "a;fel;1,5\n" : "a;1;1,5\n");
        using var file = new TestFile("a.csv", text.ToString());
        var (_, whole) = Extract.TryLoad(file.Path, People);
        var streamed = Assert.Throws<ExtractRejectedException>(() => ExtractStream.Open(file.Path, People).Sum(chunk => chunk.RowCount));
        Assert.Equal(4, whole.Count);
        Assert.Equal(whole, streamed.Findings);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_the_result()
    {
        var text = new StringBuilder("område;antal;andel\n");
        for (var i = 0; i < 300_000; i++) text.Append(CultureInfo.InvariantCulture, $"område {i * 7919 % 1000};{i};{i % 97},25\n");
        using var file = new TestFile("a.csv", text.ToString());
        var one = CsvFile.Read(file.Path, People, threads: 1);
        var four = CsvFile.Read(file.Path, People, threads: 4);
        Assert.Equal(((TextColumn)one.Columns[0]).Categories, ((TextColumn)four.Columns[0]).Categories);
        Assert.Equal(((TextColumn)one.Columns[0]).Codes.ToArray(), ((TextColumn)four.Columns[0]).Codes.ToArray());
        Assert.Equal(((NumberColumn)one.Columns[1]).Values.ToArray(), ((NumberColumn)four.Columns[1]).Values.ToArray());
    }

    [Theory]
    [InlineData("quote")]
    [InlineData("line")]
    [InlineData("nul")]
    public void A_hostile_file_is_refused_quickly(string kind)
    {
        var bytes = new byte[80 << 20];
        bytes.AsSpan().Fill(kind == "nul" ? (byte)0 : (byte)'a');
        "a;b\n"u8.CopyTo(bytes);
        if (kind == "quote")
        {
            for (var i = 0; i < bytes.Length; i += 40) bytes[i + 39] = (byte)'\n';
            bytes[100] = (byte)'"';
        }

        using var file = new TestFile("a.csv", bytes);
        var watch = Stopwatch.StartNew();
        var (extract, findings) = Extract.TryLoad(file.Path);
        Assert.Null(extract);
        Assert.Equal("source-error", Assert.Single(findings).Code);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }
}
