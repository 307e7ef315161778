using System.IO.Compression;
using System.Text;
using Analys.Load;
using Analys.Load.Formats;

namespace Analys.Tests.Load.Formats;

/// <summary>What a file is, is told by its bytes; what cannot be read says what it is and what to do.</summary>
public sealed class FileKindTests
{
    private const string Swedish = "område;antal\nÅrsta;5\nSkärholmen;6\nÖstermalm;7\n";

    [Theory]
    [InlineData("bar: 1\nbaz: 2\n", 1)]
    [InlineData("område\nKista\n", 0)]
    public void One_column_whose_name_reads_like_text_is_asked_about(string text, int notes)
    {
        using var file = new TestFile("data.csv", text);
        Assert.Equal(notes, Extract.Load(file.Path).Notices.Count(notice => notice.Code == NoticeCodes.OneColumn));
    }

    [Theory]
    [InlineData("%PDF-1.7 ...", "PDF")]
    [InlineData("<!DOCTYPE html><html><body>Logga in</body></html>", "web page")]
    [InlineData("<?xml version=\"1.0\"?><rows/>", "XML")]
    [InlineData("{\\rtf1 text}", "RTF")]
    [InlineData("RDX3\n", "data of R")]
    [InlineData("ASCII SPSS PORT FILE                    ", "portable")]
    [InlineData("| område | antal |\n|:---|---:|\n| Kista | 3 |\n", "Markdown")]
    [InlineData("område | antal\r\n--- | ---\r\nKista | 3\r\n", "Markdown")]
    [InlineData("CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n", "SQL")]
    [InlineData("BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n", "address book")]
    public void Other_kinds_are_named(string text, string word)
    {
        using var file = new TestFile("data.csv", text);
        var (extract, findings) = Extract.TryLoad(file.Path);
        Assert.Null(extract);
        Assert.Contains(word, Assert.Single(findings).Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ibm850", "850")]
    [InlineData("macintosh", "Mac Roman")]
    [InlineData("utf-16", "UTF-16")]
    [InlineData(TextSuspicion.Twice, "twice")]
    public void Another_encoding_is_named_and_read_when_it_is_given(string name, string word)
    {
        _ = TextEncoding.Windows1252;
        var bytes = name switch
        {
            TextSuspicion.Twice => Encoding.UTF8.GetBytes(TextEncoding.Windows1252.GetString(Encoding.UTF8.GetBytes(Swedish))),
            "utf-16" => Encoding.Unicode.GetBytes(Swedish),
            _ => Encoding.GetEncoding(name).GetBytes(Swedish),
        };
        using var file = new TestFile("data.csv", bytes);
        var (extract, findings) = Extract.TryLoad(file.Path);
        Assert.Null(extract);
        var finding = Assert.Single(findings);
        Assert.Contains(word, finding.Expected, StringComparison.Ordinal);
        Assert.Contains($"--encoding {name}", finding.Expected, StringComparison.Ordinal);
        Assert.Equal(["Årsta", "Skärholmen", "Östermalm"], Extract.Load(file.Path, null, new ReadOptions(Encoding: name))
            .Text("område").Categories);
    }

    [Fact]
    public void Right_text_is_not_suspected()
    {
        _ = TextEncoding.Windows1252;
        Assert.Null(TextSuspicion.Of(Encoding.UTF8.GetBytes(Swedish)));
        Assert.Null(TextSuspicion.Of(TextEncoding.Windows1252.GetBytes(Swedish + "Café “Gränden”, Müller – Ærø\n")));
    }

    [Fact]
    public void A_zero_byte_is_named_with_its_row()
    {
        using var file = new TestFile("data.csv", "a,b\n1,2\n3,4\05\n");
        Assert.Contains("row 3", Assert.Single(Extract.TryLoad(file.Path).Findings).Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".zip")]
    public void One_packed_file_is_read_as_if_it_stood_there(string ending)
    {
        using var stream = new MemoryStream();
        if (ending == ".gz")
        {
            using var gzip = new GZipStream(stream, CompressionMode.Compress, leaveOpen: true);
            gzip.Write(Encoding.UTF8.GetBytes(Swedish));
        }
        else
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            using var entry = zip.CreateEntry("mapp/data.csv").Open();
            entry.Write(Encoding.UTF8.GetBytes(Swedish));
        }

        using var file = new TestFile("data.csv" + ending, stream.ToArray());
        var extract = Extract.Load(file.Path);
        Assert.Equal([5, 6, 7], extract.Number("antal").Values.ToArray());
        Assert.Equal("data.csv" + ending, extract.Provenance.Sources[0].File);
    }

    [Fact]
    public void Lines_of_json_are_rows()
    {
        using var file = new TestFile("data.ndjson", "{\"kod\":\"0180\",\"antal\":5}\n{\"antal\":6,\"kod\":\"0114\",\"ny\":true}\n");
        var extract = Extract.Load(file.Path);
        Assert.Equal(["0180", "0114"], extract.Text("kod").Categories);
        Assert.Equal([5, 6], extract.Number("antal").Values.ToArray());
        using var broken = new TestFile("data.ndjson", "{\"a\":1}\n{\"a\":}\n");
        Assert.Equal(2, Assert.Single(Extract.TryLoad(broken.Path).Findings).Row);
    }
}
