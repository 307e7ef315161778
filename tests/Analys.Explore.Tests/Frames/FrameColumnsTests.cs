using Analys.Explore.Frames;
using Microsoft.Data.Analysis;

namespace Analys.Explore.Tests.Frames;

public class FrameColumnsTests
{
    [Fact]
    public void Columns_come_back_as_they_went_with_their_holes()
    {
        double[] numbers = [.. Enumerable.Range(0, 1003).Select(i => i % 7 == 3 ? double.NaN : i * 1.5)], whole = [.. numbers.Select(Math.Floor)], flags = [.. numbers.Select(n => double.IsNaN(n) ? n : n % 2 < 1 ? 1 : 0)];
        int[] codes = [.. Enumerable.Range(0, 1003).Select(i => (i % 5) - 1)];
        string[] texts = ["Å", "", "0114", "x"];
        var frame = new DataFrame(
            FrameColumns.Numbers("n", numbers), FrameColumns.Integers("i", whole), FrameColumns.Booleans("b", flags), FrameColumns.Texts("t", codes, texts));
        Assert.Equal(143, frame["n"].NullCount);
        Assert.Null(frame["i"][3]);
        Assert.Equal(6L, frame["i"][4]);
        Assert.Equal("0114", frame["t"][3]);
        Assert.Null(frame["t"][0]);
        Assert.Equal(numbers, FrameColumns.Take(frame["n"]).Numbers);
        Assert.Equal(whole, FrameColumns.Take(frame["i"]).Numbers);
        Assert.Equal(flags, FrameColumns.Take(frame["b"]).Numbers);
        var back = FrameColumns.Take(frame["t"]);
        Assert.Equal(codes.Select(code => code < 0 ? null : texts[code]), back.Codes!.Select(code => code < 0 ? null : back.Texts[code]));
        // The frame's own columns work on what was copied, also when it grows.
        Assert.Equal(numbers.Where(double.IsFinite).Sum(), (double)frame["n"].Sum(), 6);
        ((DoubleDataFrameColumn)frame["n"]).Append(5);
        Assert.Equal(1004, FrameColumns.Take(frame["n"]).Numbers!.Length);
    }

    [Fact]
    public void Other_kinds_of_numbers_and_dates_are_taken_and_what_an_extract_has_not_is_refused()
    {
        Assert.Equal([1, double.NaN, 3], FrameColumns.Take(new Int32DataFrameColumn("a", [1, null, 3])).Numbers!);
        Assert.Equal([1.5], FrameColumns.Take(new DecimalDataFrameColumn("a", [1.5m])).Numbers!);
        Assert.Equal(["2024-02-29"], FrameColumns.Take(new PrimitiveDataFrameColumn<DateTime>("a", [new DateTime(2024, 2, 29)])).Texts);
        Assert.Throws<NotSupportedException>(() => FrameColumns.Take(new CharDataFrameColumn("a", ['x'])));
    }
}
