using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Analys.Load;
using Analys.Load.Cubes;
using Analys.Load.Cubes.JsonStat;

namespace Analys.Tests.Load.Cubes;

/// <summary>Every PX file of the corpus, against a count and sum taken from its text by other means.</summary>
public class PxCorpusTests
{
    private static readonly string Root = Repository.SharedAt("corpus", "px");

    public static TheoryData<string> Good() => Files(path => !path.Contains("/error/fatal/", StringComparison.Ordinal));

    public static TheoryData<string> Fatal() => Files(path => path.Contains("/error/fatal/BE", StringComparison.Ordinal));

    public static TheoryData<string> Odd() => Files(path => path.Contains("/error/continue/BE", StringComparison.Ordinal));

    [SharedTheory]
    [MemberData(nameof(Good))]
    public void Cells_sum_marks_and_letters_are_those_of_the_text(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Root, name));
        var table = PxTable.Parse(bytes, name);
        var text = Decode(bytes);
        var data = text[(Regex.Match(text, @"(^|\n)DATA=").Index + 5)..].TrimStart('=');
        var quoted = Regex.Matches(data, "\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        var bare = Regex.Split(Regex.Replace(data, "\"[^\"]*\"", " "), @"[\s,;]+").Where(token => token.Length > 0).ToList();
        var numbers = bare.Where(token => token.Any(char.IsAsciiDigit)).Select(token => double.Parse(token, CultureInfo.InvariantCulture))
            .ToList();
        var cube = table.Cube;
        Assert.Equal(cube.Dimensions.Aggregate(1, (product, dimension) => product * dimension.Count), cube.Values.Length);
        if (!table.Keywords.Any(keyword => keyword.Name == "KEYS")) Assert.Equal(cube.Values.Length, bare.Count + quoted.Count);
        Assert.Equal(numbers.Sum(), cube.Values.Where(value => !double.IsNaN(value)).Sum(), 1e-6 * Math.Max(1, Math.Abs(numbers.Sum())));
        Assert.Equal(numbers.Count, cube.Values.Count(value => !double.IsNaN(value)));
        Assert.Equal(cube.Values.Count(double.IsNaN), cube.Marks?.Count(mark => mark != Mark.None) ?? 0);
        Assert.Equal(quoted.Count(mark => mark == "..") + bare.Count(mark => mark == ".."),
            Enumerable.Range(0, cube.Values.Length).Count(cell => table.SymbolAt(cell) == PxSymbol.Symbol2));
        Assert.DoesNotContain(table.Keywords.SelectMany(keyword => keyword.Texts)
            .Concat(cube.Dimensions.SelectMany(dimension => dimension.Labels)), value => value.Contains('\uFFFD', StringComparison.Ordinal)
            || value.Contains('Ã', StringComparison.Ordinal));
        Assert.True(Extract.TryLoad(Path.Combine(Root, name)).Extract is { } extract && extract.RowCount == cube.Values.Length);
    }

    [SharedTheory]
    [MemberData(nameof(Good))]
    public void Written_and_read_again_it_is_the_same(string name)
    {
        var table = PxTable.Load(Path.Combine(Root, name));
        var again = PxTable.Parse(Encoding.UTF8.GetBytes(PxWriter.Write(table)), name);
        Assert.Equal(table.Cube.Values, again.Cube.Values);
        Assert.Equal(table.Cube.Marks, again.Cube.Marks);
        Assert.Equal(table.Cube.Dimensions.SelectMany(dimension => dimension.Labels.Concat(dimension.Codes)),
            again.Cube.Dimensions.SelectMany(dimension => dimension.Labels.Concat(dimension.Codes)));
        Assert.Equal(table.Cube.Notes.Select(note => (note.Text, note.Mandatory, note.Dimension, note.Category)),
            again.Cube.Notes.Select(note => (note.Text, note.Mandatory, note.Dimension, note.Category)));
        string[] ours = ["KEYS", "CODEPAGE"];
        Assert.Equal(
            table.Keywords.Where(keyword => !ours.Contains(keyword.Name))
            .Select(keyword => $"{keyword.Name}[{keyword.Language}]({string.Join('|', keyword.Subkeys)})={keyword.Text}"),
            again.Keywords.Where(keyword => !ours.Contains(keyword.Name))
            .Select(keyword => $"{keyword.Name}[{keyword.Language}]({string.Join('|', keyword.Subkeys)})={keyword.Text}"));
    }

    [SharedTheory]
    [MemberData(nameof(Good))]
    public void By_way_of_json_stat_it_is_the_same(string name)
    {
        var cube = PxTable.Load(Path.Combine(Root, name)).Cube;
        using var stream = new MemoryStream();
        JsonStatWriter.Write(stream, cube);
        var document = JsonStatDocument.Parse(stream.ToArray());
        Assert.True(document.IsValid, string.Join(", ", document.Findings));
        AreSame(cube, document.Datasets[0]);
        var again = PxTable.Parse(Encoding.UTF8.GetBytes(PxWriter.Write(PxFromCube.Of(document.Datasets[0]))), name);
        AreSame(cube, again.Cube);
        Assert.Equal(cube.Title?.Replace('"', '\''), again.Cube.Title);
        Assert.Equal(cube.Unit?.Replace('"', '\''), again.Cube.Unit);
    }

    private static void AreSame(Cube cube, Cube other)
    {
        Assert.Equal(cube.Values, other.Values);
        Assert.Equal(cube.Marks ?? new Mark[cube.Values.Length], other.Marks ?? new Mark[cube.Values.Length]);
        Assert.Equal(cube.Dimensions.Select(Words), other.Dimensions.Select(Words));
        Assert.Equal(Notes(cube), Notes(other));

        static string Words(CubeDimension dimension) => string.Join('\n', (string[])[dimension.Id, dimension.Label,
            dimension.Role.ToString(),
            .. dimension.Codes, .. dimension.Labels, .. dimension.Units.OrderBy(unit => unit.Key, StringComparer.Ordinal)
                .Select(unit => $"{unit.Key}={unit.Value.Label}"),
            .. dimension.Children.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}>{string.Join('>', pair.Value)}")])
            .Replace('"', '\'');

        // PX names the value of a note by its words, JSON-stat by its code; the order of notes of different kinds is each format's own.
        static IEnumerable<string> Notes(Cube of) => of.Notes.Select(note => string.Join('|',
            note.Text.ReplaceLineEndings("\n"), note.Mandatory, note.Dimension,
            note.Category is { } category && note.Dimension is { } dimension && of[dimension].Codes.IndexOf(category) < 0
                && of[dimension].Labels.IndexOf(category) is >= 0 and var at ? of[dimension].Codes[at] : note.Category,
            string.Join('/', note.Cell)).Replace('"', '\'')).Order(StringComparer.Ordinal);
    }

    [SharedTheory]
    [MemberData(nameof(Fatal))]
    public void What_takes_the_meaning_from_figures_refuses_the_file(string name)
    {
        var refused = Assert.Throws<ExtractRejectedException>(() => PxTable.Load(Path.Combine(Root, name)));
        Assert.NotEmpty(refused.Findings);
        Assert.All(refused.Findings, finding => Assert.Equal("px-error", finding.Code));
    }

    [SharedTheory]
    [MemberData(nameof(Odd))]
    public void Other_faults_are_findings(string name) => Assert.NotEmpty(PxTable.Load(Path.Combine(Root, name)).Findings);

    [SharedFact]
    public void Files_in_several_languages_have_the_words_of_each()
    {
        var table =
            PxTable.Load(
                Path.Combine(Root,
                    "statisticssweden_PxWeb/PXWeb/Resources/PX/Databases/Example/multilanguage/BE0101F1langensvfiolikacelln.px"));
        Assert.Equal(["en", "sv", "fi"], table.Languages);
        var swedish = table.In("sv").Cube;
        Assert.Contains("kvinnor", swedish.Dimensions.SelectMany(dimension => dimension.Labels));
        Assert.Equal(table.Cube.Values, swedish.Values);
        Assert.Throws<ArgumentException>(() => table.In("de"));
    }

    private static TheoryData<string> Files(Func<string, bool> wanted)
    {
        var data = new TheoryData<string>();
        if (!Directory.Exists(Root))
        {
            data.Add("(absent)");
            return data;
        }

        foreach (var path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".px", StringComparison.OrdinalIgnoreCase)).Where(wanted).Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetRelativePath(Root, path));
        }

        return data;
    }

    private static string Decode(byte[] bytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(1252).GetString(bytes);
        }
    }
}
