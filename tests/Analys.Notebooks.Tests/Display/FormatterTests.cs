using System.Data;
using System.Globalization;
using Analys.Notebooks.Display;

namespace Analys.Notebooks.Tests.Display;

public sealed class FormatterTests
{
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class TypeFormatterSourceAttribute(Type source) : Attribute
    {
        public Type FormatterSourceType { get; } = source;
    }

    private sealed class RefusalSource
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new OneFormatter("text/plain", "withheld"), new OneFormatter("image/svg+xml", "<svg/>")];
    }

    private sealed class FailingSource
    {
        public IEnumerable<object> CreateTypeFormatters() => [new OneFormatter("text/html", null)];
    }

    private sealed class OneFormatter(string mimeType, string? text)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(text ?? throw new InvalidOperationException(((Failing)value).Secret));
            return true;
        }
    }

    [TypeFormatterSource(typeof(RefusalSource))]
    private record Guarded(int Secret);

    [TypeFormatterSource(typeof(FailingSource))]
    private sealed record Failing(string Secret);

    private sealed record Holder(string Name, Guarded Inner);

    private sealed record Derived(int Secret) : Guarded(Secret);

    private static string Text(object? value) => Formatter.Format(value).Data[MimeBundle.Text];

    [Fact]
    public void A_types_own_formatters_are_found_by_name_also_for_what_derives_from_it()
    {
        var bundle = Formatter.Format(new Derived(4711));
        Assert.Equal("withheld", bundle.Data["text/plain"]);
        Assert.Equal("<svg/>", bundle.Data["image/svg+xml"]);
        // JupyterLab shows SVG in trusted notebooks only.
        Assert.Equal("<svg/>", bundle.Data["text/html"]);
    }

    [Fact]
    public void What_a_type_keeps_back_is_not_shown_by_any_other_way()
    {
        object[] ways =
        [
            new[] { new Guarded(4711), new Guarded(4711) },
            new Holder("a", new Guarded(4711)),
            new[] { new Holder("a", new Guarded(4711)) },
            new Dictionary<string, Guarded> { ["a"] = new(4711) },
            new List<object> { 1, new Guarded(4711) },
            (1, new Guarded(4711)),
            new Failing("4711"),
            new Lazy<Guarded>(() => new Guarded(4711)),
            KeyValuePair.Create(1, new Guarded(4711)),
            Tuple.Create(new Guarded(4711)),
            new[] { new[] { new Guarded(4711) } },
        ];
        Assert.All(ways, way => Assert.DoesNotContain("4711", string.Concat(Formatter.Format(way).Data.Values), StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_and_dates_read_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var name in (string[])["sv-SE", "en-US"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                Assert.Equal("-1234.5", Text(-1234.5));
                Assert.Equal("2018-05-01", Text(new DateOnly(2018, 5, 1)));
                Assert.Equal("[ 1.5, 2 ]", Text(new[] { 1.5, 2 }));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Long_tables_are_cut_and_say_so()
    {
        var rows = Enumerable.Range(1, 500).Select(i => new { i, square = i * i }).ToList();
        var bundle = Formatter.Format(rows, rowLimit: 3);
        Assert.Equal("i  square\n-  ------\n1       1\n2       4\n3       9\n(3 of 500 rows)", bundle.Data["text/plain"]);
        Assert.Contains("<p>3 of 500 rows</p>", bundle.Data["text/html"], StringComparison.Ordinal);
        Assert.Contains("the first 3 rows", Formatter.Format(Endless(), 3).Data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Readers_and_their_sources_are_tables()
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("<a>", typeof(int));
        table.Rows.Add(1);
        table.Rows.Add(DBNull.Value);
        Assert.Equal("<a>\n---\n  1\n", Text(table) + "\n");
        Assert.Contains(">&lt;a&gt;</th>", Formatter.Format(table.CreateDataReader()).Data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Small_things_read_as_themselves()
    {
        Assert.Equal("null", Text(null));
        Assert.Equal("å", Text("å"));
        Assert.Equal("true", Text(true));
        Assert.Equal("[ ]", Text(Array.Empty<int>()));
        Assert.Equal("[ a, b ]", Text(new[] { "a", "b" }));
        Assert.Equal("Holder { Name = x, Inner =  }", Text(new Holder("x", null!)));
    }

    private static IEnumerable<object> Endless()
    {
        for (var i = 0; ; i++) yield return new { i };
    }
}
