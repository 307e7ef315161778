using static Analys.Tests.Disclosure.Counts.Figures;

namespace Analys.Tests.Disclosure.Counts;

/// <summary>Results released in several calls that share a ledger.</summary>
public sealed class LedgerReleaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Result Children(string ages, double poor, double all, string? area = null, string line = "median:60") =>
        Poor(area, poor, all, ages, line);

    [Fact]
    public void A_year_less_is_refused_until_both_are_released_together()
    {
        var ledger = new Ledger();
        Assert.Single(Confidential(Children("0-17", 40, 200)).Release(Policy.Stockholm, ledger));
        var refused =
            Assert.Throws<ReleaseRefusedException>(() => Confidential(Children("0-16", 38, 190)).Release(Policy.Stockholm, ledger));
        Assert.Equal("ledger", refused.Rule);
        Assert.DoesNotContain("38", refused.Message, StringComparison.Ordinal);
        // Two poor seventeen-year-olds would follow: together, the younger are withheld; ten may follow.
        Assert.Equal(["0-16"], Confidential(Children("0-17", 40, 200), Children("0-16", 38, 190)).Release(Policy.Stockholm, ledger)
            .Where(row => row.IsWithheld()).Select(row => row.Population));
        var other = new Ledger();
        Assert.Single(Confidential(Children("0-17", 40, 200)).Release(Policy.Stockholm, other));
        Assert.DoesNotContain(Confidential(Children("0-17", 40, 200), Children("0-16", 30, 180)).Release(Policy.Stockholm, other),
            row => row.IsWithheld());
        Assert.Single(Confidential(Children("0-16", 30, 180)).Release(Policy.Stockholm, other));
    }

    [Fact]
    public void A_span_within_another_leaves_what_is_on_both_sides()
    {
        var ledger = new Ledger();
        var both = Confidential(Children("0-17", 60, 200), Children("7-15", 30, 100));
        Assert.DoesNotContain(both.Release(Policy.Stockholm, ledger), row => row.IsWithheld());
        Assert.Equal(2, both.Release(Policy.Stockholm, ledger).Count);
        Assert.Throws<ReleaseRefusedException>(() => Confidential(Children("6-15", 35, 110)).Release(Policy.Stockholm, ledger));
    }

    [Fact]
    public void Another_line_is_refused_until_both_are_released_together()
    {
        var ledger = new Ledger();
        Assert.Single(Confidential(Children("0-17", 40, 200)).Release(Policy.Stockholm, ledger));
        Assert.Throws<ReleaseRefusedException>(() => Confidential(Children("0-17", 37, 200, line: "median:50"))
            .Release(Policy.Stockholm, ledger));
        Assert.DoesNotContain(Confidential(Children("0-17", 40, 200), Children("0-17", 20, 200, line: "median:50"))
            .Release(Policy.Stockholm, ledger), row => row.IsWithheld());
    }

    [Fact]
    public void Districts_and_those_merged_from_them_know_each_other()
    {
        var ledger = new Ledger();
        var first = Areas(("Norrmalm", 3, 90), ("Östermalm", 40, 100), ("Rinkeby-Kista", 60, 120), ("Spånga-Tensta", 50, 110))
            .Release(Policy.Stockholm, ledger);
        Assert.Contains("Norrmalm", first.Withheld());
        // Norra innerstaden less Östermalm would be Norrmalm.
        var merged = Confidential(Poor("Norra innerstaden", 43, 190), Poor("Järva", 110, 230), Poor(null, 153, 420));
        Released? second = null;
        try
        {
            second = merged.Release(Policy.Stockholm, ledger);
        }
        catch (ReleaseRefusedException e)
        {
            Assert.Equal("ledger", e.Rule);
        }

        Assert.True(second is null || first.Withheld().Contains("Östermalm") || second.Withheld().Contains("Norra innerstaden"));
    }

    [Fact]
    public void A_merged_district_at_other_ages_knows_its_parts()
    {
        // Sixteen-year-olds of Norra innerstaden: 0–16 of it less 0–15 of its parts.
        var ledger = new Ledger();
        Confidential(Poor("Norrmalm", 30, 90, "0-15"), Poor("Östermalm", 40, 100, "0-15")).Release(Policy.Stockholm, ledger);
        Assert.Equal("ledger", Assert.Throws<ReleaseRefusedException>(() => Confidential(Poor("Norra innerstaden", 72, 194, "0-16"))
            .Release(Policy.Stockholm, ledger)).Rule);
        var reversed = new Ledger();
        Confidential(Poor("Norra innerstaden", 72, 194, "0-16")).Release(Policy.Stockholm, reversed);
        Assert.Equal("ledger",
            Assert.Throws<ReleaseRefusedException>(() => Confidential(Poor("Norrmalm", 30, 90, "0-15"), Poor("Östermalm", 40, 100, "0-15"))
                .Release(Policy.Stockholm, reversed)).Rule);
    }

    [Fact]
    public void What_was_withheld_stays_withheld_and_what_was_printed_is_known()
    {
        var ledger = new Ledger();
        var areas = Areas(("Bromma", 3, 90), ("Farsta", 30, 100), ("Kungsholmen", 60, 120));
        var first = areas.Release(Policy.Stockholm, ledger).Withheld().ToArray();
        Assert.Equal(first, areas.Release(Policy.Stockholm, ledger).Withheld());
        Assert.Equal(2, ledger.Releases.Entries.Count);
        // Another measure of the same poor, in other company.
        var headcounts = areas.Where(row => row.Area != "Farsta")
            .Select(row => row with { Measure = Headcount, Value = Quantity.Known(row.Basis!.Numerator!.Value) });
        Assert.Contains("Bromma", Confidential(headcounts).Release(Policy.Stockholm, ledger).Withheld());
    }

    [Fact]
    public void A_laxer_policy_does_not_print_what_was_withheld()
    {
        var ledger = new Ledger();
        var areas = Areas(("Bromma", 3, 90), ("Farsta", 30, 100), ("Kungsholmen", 60, 120));
        areas.Release(Policy.Stockholm, ledger);
        Assert.Equal("ledger",
            Assert.Throws<ReleaseRefusedException>(() =>
                areas.Release(Policy.Stockholm with { Name = "lax", Threshold = 2 }, ledger)).Rule);
        Assert.Equal("ledger", Assert.Throws<ReleaseRefusedException>(() => areas.Release(Policy.Load("rounded5"), ledger)).Rule);
    }

    [Fact]
    public void A_file_remembers_hashes_only_and_a_table_remembers_its_file()
    {
        var path = Path.Combine(folder, "ledger.jsonl");
        Results Of(string source, Result row) =>
            new([row], Confidentiality.Confidential, Provenance.None with { Sources = [new SourceFile("x", source, 1)] });
        var ledger = Ledger.Open(path);
        ledger.Loaded("table", "file");
        Of("file", Children("0-17", 40, 200, "Bromma")).Release(Policy.Stockholm, ledger);
        var text = File.ReadAllText(path);
        Assert.DoesNotContain("Bromma", text, StringComparison.Ordinal);
        Assert.Throws<ReleaseRefusedException>(() => Of("table", Children("0-16", 30, 180, "Bromma"))
            .Release(Policy.Stockholm, Ledger.Open(path)));
        Assert.Single(Of("another", Children("0-16", 30, 180, "Bromma")).Release(Policy.Stockholm, Ledger.Open(path)));
        Assert.Throws<LedgerException>(() => Ledger.Open(path).Loaded("another", "file"));
        Assert.False(File.Exists(path + ".lock"));
    }

    [Fact]
    public void Within_one_call_three_spans_do_not_give_two_ages_away()
    {
        // 16 and 17: two poor each; 0–17 less 0–15 is four of them, though 0–16 is withheld.
        var released = Confidential(Children("0-17", 44, 200), Children("0-16", 42, 180), Children("0-15", 40, 160))
            .Release(Policy.Stockholm);
        Assert.True(released.Count(row => row.IsWithheld()) >= 2, "a difference of two printed spans is small");
        // 6–12 follows from 0–12, 6–17 and 0–17, none of which contains the others in turn.
        var overlapping = Confidential(Children("0-17", 60, 200), Children("0-12", 33, 130), Children("6-17", 30, 130))
            .Release(Policy.Stockholm);
        Assert.Contains(overlapping, row => row.IsWithheld());
        Assert.DoesNotContain(Confidential(Children("0-17", 60, 200), Children("0-12", 40, 130), Children("6-17", 40, 130))
            .Release(Policy.Stockholm), row => row.IsWithheld());
    }

    [Fact]
    public void Within_one_call_three_lines_do_not_give_those_between_away()
    {
        var released = Confidential(Children("0-17", 44, 200), Children("0-17", 42, 200, line: "median:55"),
            Children("0-17", 40, 200, line: "median:50")).Release(Policy.Stockholm);
        Assert.True(released.Count(row => row.IsWithheld()) >= 2);
    }
}
