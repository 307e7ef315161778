using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Tests.CSharp;

/// <summary>What is offered at a caret, written <c>|</c> in the code.</summary>
public sealed class CompletionTests(CompletionTests.Session session) : IClassFixture<CompletionTests.Session>
{
    // `Offering` stands for a library's type that knows names: the engine finds its method by reflection.
    private const string Setup = """
        using System.Data;
        class Options { public required string Title { get; init; } public string? Subtitle { get; set; } public int Width { get; set; }
            public Inner Margins { get; set; } = new(); public List<string> Notes { get; } = new(); public int Total => 1; }
        class Inner { public int Left { get; set; } public int Right { get; set; } }
        record Area(string Name, int Children, Inner Place);
        enum Unit { Persons, Households, Kronor }
        class Policy { public static Policy Stockholm { get; } = new(); public static Policy Public { get; } = new(); public int Rank; }
        class Span { public int From; }
        class Choice { public static implicit operator Choice(Span span) => new(); }
        static class Spans { public static Span Children { get; } = new(); public static int Longest => 9; }
        class Offering
        {
            IEnumerable<string> OfferedNames(string parameter) =>
                parameter == "column" ? ["inkomst", "stadsdel"] : ["Farsta", "Hägersten-Älvsjö"];
            public string[] Text(string column) => [];
            public Offering Where(string column, string area) => this;
        }
        int Draw(Options options, Unit unit = Unit.Persons, bool wide = false) => 1;
        int Release(Policy policy) => 1;
        int Count(Choice choice, int year = 0) => 1;
        var extract = new Offering();
        var areas = new List<Area> { new("Farsta", 7, new()) };
        var first = areas[0];
        var chosen = Policy.Public;
        var table = new DataTable(); table.Columns.Add("barn"); table.Columns.Add("andel");
        var shares = new Dictionary<string, double> { ["Farsta"] = 1, ["Skarpnäck"] = 2 };
        """;

    [Theory]
    // Object initialisers: required first, not what is given, not what cannot be set; the target's type is found in an unfinished call.
    [InlineData("Draw(new() { Ti|", "Title")]
    [InlineData("Draw(new() { |", "Title,Margins,Notes,Subtitle,Width")]
    [InlineData("var o = new Options { Title = \"a\", |", "Margins,Notes,Subtitle,Width")]
    [InlineData("var o = new Options { Title = \"\", Margins = { |", "Left,Right")]
    [InlineData("var o = new Options { Title = \"\", Margins = new() { L|", "Left")]
    [InlineData("var n = first with { |", "Children,Name,Place")]
    // Patterns.
    [InlineData("if (first is { Na|", "Name")]
    [InlineData("if (first is { Name: \"a\", |", "Children,Place")]
    [InlineData("if (first is { Place: { R|", "Right")]
    [InlineData("if (first is { Place.L|", "Left")]
    [InlineData("if (first is { Name.Le|", "Length")]
    [InlineData("if (first.Name is nu|", "null")]
    [InlineData("if (first.Name is |", "false,not,null,true,var")]
    [InlineData("var t = first switch { { Ch|", "Children")]
    [InlineData("areas.Where(a => a is { Na|", "Name")]
    // Members, in lambdas too.
    [InlineData("areas.Where(a => a.Ch|", "Children")]
    [InlineData("first.Name?.Subst|", "Substring")]
    // Text between quotes: names that an object offers, tables, dictionaries, files.
    [InlineData("extract.Text(\"|", "inkomst,stadsdel")]
    [InlineData("extract.Text(\"in|\")", "inkomst")]
    [InlineData("extract.Where(\"stadsdel\", \"älv|", "Hägersten-Älvsjö")]
    [InlineData("extract.Where(area: \"F|", "Farsta")]
    [InlineData("table.Rows[0][\"|", "barn,andel")]
    [InlineData("shares[\"Sk|\"]", "Skarpnäck")]
    [InlineData("File.ReadAllText(\"data/|", "bistånd.csv")]
    // What fits first: values of the wanted type, then names of parameters.
    [InlineData("Draw(null, |", "Unit.Households,Unit.Kronor,Unit.Persons,unit:,wide:")]
    [InlineData("Draw(null, Ho|", "Unit.Households")]
    [InlineData("Draw(null, wide: |", "false,true")]
    [InlineData("Release(|", "Policy.Public,Policy.Stockholm,chosen,policy:")]
    [InlineData("Count(|", "Spans.Children,choice:,year:")]
    [InlineData("Count(choice: |", "Spans.Children")]
    [InlineData("if (chosen == |", "Policy.Public,Policy.Stockholm,chosen")]
    [InlineData("Unit u = |", "Unit.Households,Unit.Kronor,Unit.Persons")]
    // Types that no using names: the using is written, where one fits alone or the name is whole.
    [InlineData("var d = new StringDictio|", "using System.Collections.Specialized;\nvar d = new StringDictionary")]
    [InlineData("// why\nvar a = 1;\nvar d = new XmlDocument|", "using System.Xml;\nvar a = 1;\nvar d = new XmlDocument")]
    [InlineData("using System.Text;\nSystem.Xml.XmlDocument|", "using System.Xml;\nusing System.Text;\nXmlDocument")]
    [InlineData("using System.Te|", "Text")]
    public void What_fits_best_comes_first(string marked, string expected)
    {
        var matches = At(marked).Matches;
        var wanted = expected.Split(',');
        Assert.Equal(wanted, matches.Take(wanted.Length));
    }

    [Theory]
    [InlineData("Draw(new() { |", "Total,Draw,if")]
    [InlineData("first is { |", "ToString,areas,if")]
    [InlineData("Release(|", "if,foreach,ToString,Equals")]
    [InlineData("areas.|", "areas,new,List")]
    [InlineData("var n = new |", "areas,Console,Draw,if")]
    [InlineData("extract.Text(\"|", "areas,if,Farsta")]
    public void What_does_not_fit_is_not_offered(string marked, string unwanted) =>
        Assert.Empty(At(marked).Matches.Intersect(unwanted.Split(',')));

    [Theory]
    [InlineData("var na|")]
    [InlineData("// fir|")]
    [InlineData("/* fir|")]
    [InlineData("var x = 12|")]
    [InlineData("record R(string Na|")]
    [InlineData("var s = \"ar|")]
    public void Where_nothing_is_meant_nothing_is_offered(string marked) => Assert.Empty(At(marked).Matches);

    [Fact]
    public void Several_unknown_types_are_offered_by_their_full_names_and_so_is_one_where_an_editor_keeps_to_its_line()
    {
        Assert.Contains("System.Xml.XmlDocumentFragment", At("var d = new XmlDocum|").Matches);
        // By their last word, not by their namespace.
        var cultures = At("CultureIn|").Matches.ToList();
        Assert.True(cultures.IndexOf("System.Globalization.CultureInfo") is 0 and var at
            && at < cultures.IndexOf("System.ComponentModel.CultureInfoConverter"));
        using var narrow = new CellRunner(new SessionOptions { EditsAcrossLines = false });
        const string Code = "var a = 1;\nvar d = new StringDictio";
        Assert.Equal(["System.Collections.Specialized.StringDictionary"], narrow.Session.Complete(Code, Code.Length).Matches);
        Assert.StartsWith("using", narrow.Session.Complete("StringDictio", 12).Matches[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Draw(|", "int Draw(Options options, Unit unit = Unit.Persons, bool wide = false)", "→ Options options")]
    [InlineData("Draw(null, |)", "int Draw(", "→ Unit unit")]
    [InlineData("Draw(null, wide: |", "int Draw(", "→ bool wide")]
    [InlineData("\"a\".IndexOf(\"b\", |", "string.IndexOf(string value, int startIndex)", "search starting position")]
    [InlineData("new DataTable(|", "DataTable(string? tableName)", "→ string? tableName")]
    [InlineData("Draw(first|", "Area first", "→ Options options")]
    public void Inside_a_call_it_is_told_what_it_takes(string marked, params string[] says)
    {
        var at = marked.IndexOf('|', StringComparison.Ordinal);
        var text = session.Cells.Session.Inspect(marked.Remove(at, 1), at);
        Assert.All(says, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_shows_its_line_and_a_caret_under_the_place()
    {
        var error = await session.Cells.ErrorAsync("var one = 1;\n\tvar two = nope + 1;");
        Assert.Equal(["    \tvar two = nope + 1;", "    \t          ^^^^"], error.Traceback.Skip(1));
    }

    private Completions At(string marked)
    {
        var at = marked.LastIndexOf('|');
        return session.Cells.Session.Complete(marked.Remove(at, 1), at);
    }

    /// <summary>One session for all carets: nothing is run after its first cell.</summary>
    public sealed class Session : IAsyncLifetime
    {
        private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("analys-completion");

        public Session()
        {
            Cells = new CellRunner(new SessionOptions { Directory = directory.FullName });
            Directory.CreateDirectory(Path.Combine(directory.FullName, "data"));
            File.WriteAllText(Path.Combine(directory.FullName, "data", "bistånd.csv"), "");
        }

        internal CellRunner Cells { get; }

        public async Task InitializeAsync() => await Cells.ValueAsync(Setup);

        public Task DisposeAsync()
        {
            Cells.Dispose();
            directory.Delete(recursive: true);
            return Task.CompletedTask;
        }
    }
}
