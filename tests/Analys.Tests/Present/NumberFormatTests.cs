using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Present;

public class NumberFormatTests
{
    private static readonly NumberFormat Swedish = NumberFormat.For(Language.Swedish);
    private static readonly NumberFormat English = NumberFormat.For(Language.English);

    [Theory]
    [InlineData(1298, 0, "1\u00A0298", "1,298")]
    [InlineData(864324, 0, "864\u00A0324", "864,324")]
    [InlineData(-0.5, 1, "\u22120,5", "\u22120.5")]
    [InlineData(-0.04, 1, "0,0", "0.0")]
    [InlineData(2.85, 1, "2,9", "2.9")]
    [InlineData(1.005, 2, "1,01", "1.01")]
    [InlineData(0, 0, "0", "0")]
    [InlineData(999999.5, 0, "1\u00A0000\u00A0000", "1,000,000")]
    public void Prints_numbers(double value, int decimals, string swedish, string english)
    {
        Assert.Equal(swedish, Swedish.Number(value, decimals));
        Assert.Equal(english, English.Number(value, decimals));
    }

    [Fact]
    public void Prints_values_in_their_unit()
    {
        Assert.Equal("10,8\u00A0%", Swedish.Value(0.108, Units.Share));
        Assert.Equal("10.8%", English.Value(0.108, Units.Share));
        Assert.Equal("28,5\u00A0%", Swedish.Percent(0.285));
        Assert.Equal("0,345", Swedish.Value(0.3449, Units.Index));
        Assert.Equal("27,6\u00A0mnkr", Swedish.Value(27.6, Units.MillionKronor));
        Assert.Equal("11\u00A0424\u00A0kr", Swedish.Value(11424, Units.Kronor));
        Assert.Equal("SEK\u00A011,424", English.Value(11424, Units.Kronor));
        Assert.Equal("394,5\u00A0tkr", Swedish.ThousandKronor(394500, 1));
        Assert.Equal("1\u00A0298", Swedish.Value(1298, Units.Persons));
        Assert.Equal("9,8–11,9\u00A0%", Swedish.Interval(0.098, 0.119, Units.Share));
        Assert.Equal("6,7", Swedish.Points(0.067));
        Assert.Equal("3\u00A0st", Swedish.Value(3, "st"));
    }

    [Fact]
    public void What_is_not_a_number_has_its_mark()
    {
        Assert.Equal("..", Swedish.Value(Quantity.Suppressed("threshold"), Units.Share));
        Assert.Equal(".", Swedish.Value(Quantity.Undefined("group is empty"), Units.Share));
        Assert.Throws<ArgumentOutOfRangeException>(() => Swedish.Number(double.NaN));
    }

    [Fact]
    public void The_fewest_decimals_that_show_all()
    {
        Assert.Equal(2, NumberFormat.DecimalsNeeded([0.0022, 0.0025, 0.011], Units.Share));
        Assert.Equal(0, NumberFormat.DecimalsNeeded([696, 9000], Units.Count));
        Assert.Equal(3, NumberFormat.DecimalsNeeded([1.0 / 3], Units.Index));
    }

    [Property]
    public Property Does_not_depend_on_the_machine() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<PositiveInt>(), (number, decimals) =>
        {
            var texts = new[] { "sv-SE", "en-US", "ar-SA", "de-CH", "" }.Select(culture =>
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                return Swedish.Value(number.Get, Units.Ratio, decimals.Get % 6) + English.Percent(number.Get, decimals.Get % 6);
            });
            return texts.Distinct().Count() == 1;
        });

    [Property]
    public Property Can_be_read_back() => Prop.ForAll(
        Gen.Choose(-2_000_000_000, 2_000_000_000).Select(i => i / 1000.0).ToArbitrary(), value =>
        {
            var text = Swedish.Number(value, 3).Replace("\u00A0", "").Replace('\u2212', '-').Replace(',', '.');
            return double.Parse(text, CultureInfo.InvariantCulture) == value;
        });

    [Property]
    public Property A_larger_number_is_never_printed_smaller() => Prop.ForAll(
        Gen.Choose(-1_000_000, 1_000_000).Two().ToArbitrary(), pair =>
        {
            double Read(double value) =>
                double.Parse(English.Number(value, 1).Replace(",", "").Replace('\u2212', '-'), CultureInfo.InvariantCulture);
            var (low, high) = (Math.Min(pair.Item1, pair.Item2) / 777.0, Math.Max(pair.Item1, pair.Item2) / 777.0);
            return Read(low) <= Read(high);
        });
}
