using System.Globalization;
using System.Text;
using Analys.Disclosure.Ledgers;

namespace Analys.Tests.Disclosure.Ledgers;

/// <summary>Sources that hold the same persons know each other; a ledger that was cut says so.</summary>
public class PersonSketchTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("a ledger's key");

    private static PersonSketch Of(int from, int count) => PersonSketch.Of(Enumerable.Range(from, count).Select(i =>
        i.ToString(CultureInfo.InvariantCulture)), Secret);

    [Theory]
    [InlineData(0, 300, 0, 300, 1, 1)]
    [InlineData(0, 300, 150, 300, 0.3333, 0.5)]
    [InlineData(0, 20_000, 0, 20_000, 1, 1)]
    [InlineData(0, 20_000, 5_000, 20_000, 0.6, 0.75)]
    [InlineData(0, 2_000, 0, 20_000, 0.1, 1)]
    [InlineData(0, 20_000, 19_000, 20_000, 0.02564, 0.05)]
    [InlineData(0, 5_000, 50_000, 5_000, 0, 0)]
    [InlineData(0, 0, 0, 10, 0, 0)]
    public void Overlap_is_estimated(int from, int count, int otherFrom, int otherCount, double jaccard, double containment)
    {
        var (a, b) = Of(from, count).Overlap(Of(otherFrom, otherCount));
        Assert.InRange(a, jaccard - 0.06, jaccard + 0.06);
        Assert.InRange(b, containment - 0.12, containment + 0.12);
        Assert.Equal((a, b), Of(otherFrom, otherCount).Overlap(Of(from, count)));
    }

    [Fact]
    public void Order_and_writing_do_not_matter_and_a_sketch_can_be_kept()
    {
        var plain = PersonSketch.Of(Enumerable.Range(0, 900).Select(i => $"{i}"), Secret);
        var saved = PersonSketch.Of(Enumerable.Range(0, 900).Reverse().Select(i => $" {i}.0"), Secret);
        Assert.Equal(plain.ToString(), saved.ToString());
        Assert.Equal(plain.ToString(), PersonSketch.Parse(plain.ToString()).ToString());
        Assert.InRange(plain.Persons, 780, 1030);
        Assert.Equal(0, plain.Overlap(PersonSketch.Of(Enumerable.Range(0, 900).Select(i => $"{i}"),
            Encoding.UTF8.GetBytes("another key"))).Jaccard);
        foreach (var text in (string[])["", ":", "x:AAAA", "5:AAAA", "1:!!", "0:AAAAAAAAAAA="]) Assert.ThrowsAny<FormatException>(() =>
            PersonSketch.Parse(text));
    }

    [Theory]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(515)]
    public void As_many_persons_as_are_kept_are_counted_and_the_sketch_can_be_read_again(int count)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            // Everybody twice: one that comes again is the same person.
            var sketch = PersonSketch.Of(Enumerable.Range(0, 2 * count).Select(i => $"{seed}-{i % count}"), Secret);
            if (count <= PersonSketch.Size) Assert.Equal(count, sketch.Persons);
            else Assert.InRange(sketch.Persons, PersonSketch.Size + 1, 700);
            Assert.Equal((1, 1), PersonSketch.Parse(sketch.ToString()).Overlap(sketch));
        }

        // More hashes than are kept, or more than persons, are none.
        static string Text(int persons, int hashes) => $"{persons}:" + Convert.ToBase64String(
            [.. Enumerable.Range(1, hashes).SelectMany(i => (byte[])[0, 0, 0, 0, 0, 0, (byte)(i >> 8), (byte)i])]);
        Assert.Equal(512, PersonSketch.Parse(Text(512, 512)).Persons);
        Assert.Throws<FormatException>(() => PersonSketch.Parse(Text(600, 513)));
        Assert.Throws<FormatException>(() => PersonSketch.Parse(Text(511, 512)));
    }

    [Fact]
    public void A_ledger_that_is_cut_changed_or_emptied_is_noticed()
    {
        string[] lines = ["first", "second", "third"];
        var chain = LedgerChain.Empty;
        var linked = new List<(string, string)>();
        foreach (var line in lines)
        {
            chain = chain.With(line);
            linked.Add((line, chain.Link));
        }

        Assert.Equal((chain, 0L), LedgerChain.Of(linked));
        Assert.Null(chain.Against(LedgerChain.Parse(chain.ToString())));
        Assert.Contains("2 of 3", LedgerChain.Of(linked[..2]).Chain.Against(chain), StringComparison.Ordinal);
        Assert.Contains("0 of 3", LedgerChain.Empty.Against(chain), StringComparison.Ordinal);
        Assert.Equal(2, LedgerChain.Of([linked[0], linked[2]]).Broken);
        Assert.Equal(1, LedgerChain.Of([("First", linked[0].Item2)]).Broken);
        Assert.Contains("missing", chain.Against(null), StringComparison.Ordinal);
        Assert.Null(LedgerChain.Empty.Against(null));
        Assert.Throws<FormatException>(() => LedgerChain.Parse("3"));
    }
}
