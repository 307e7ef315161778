using System.Collections;
using Analys.Notebooks.Display;

// Stand-ins that have the names and members of the libraries' own types: those are recognised by name.
namespace Microsoft.Data.Analysis
{
    internal sealed record Column(string Name, Type DataType, params object?[] Values) : IEnumerable
    {
        public long Length => Values.Length;

        public IEnumerator GetEnumerator() => Values.GetEnumerator();
    }

    internal sealed class DataFrame
    {
        public IReadOnlyList<Column> Columns { get; } =
            [new("area", typeof(string), "Farsta", "<Älvsjö>", "Kista"), new("share", typeof(double), 1.5, null, 2.5)];
    }
}

namespace ScottPlot
{
    internal enum ImageFormat
    {
        Jpeg,
        Png,
    }

    internal sealed class Image
    {
        public byte[] GetImageBytes(ImageFormat format, int quality = 100) => [(byte)format, (byte)quality];
    }

    internal sealed class Plot
    {
        public string GetSvgXml(int width, int height) => $"<svg width=\"{width}\" height=\"{height}\"/>";

        public Image GetImage(int width, int height) => new();
    }
}

namespace Analys.Notebooks.Tests.Display
{
    public sealed class ForeignTypesTests
    {
        [Fact]
        public void A_data_frame_is_shown_as_a_table_with_what_is_missing_left_empty()
        {
            var data = Formatter.Format(new Microsoft.Data.Analysis.DataFrame(), rowLimit: 2).Data;
            Assert.Equal("area      share\n--------  -----\nFarsta      1.5\n<Älvsjö>\n(2 of 3 rows)", data[MimeBundle.Text]);
            Assert.Contains(">&lt;&#196;lvsj&#246;&gt;</td>", data[MimeBundle.Html], StringComparison.Ordinal);
        }

        [Fact]
        public void A_plot_is_shown_as_lines_and_as_dots()
        {
            var data = Formatter.Format(new ScottPlot.Plot()).Data;
            Assert.StartsWith("<svg width=", data[MimeBundle.Svg], StringComparison.Ordinal);
            Assert.Equal([1, 100], Convert.FromBase64String(data[MimeBundle.Png]));
        }
    }
}
