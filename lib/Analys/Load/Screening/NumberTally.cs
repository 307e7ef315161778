namespace Analys.Load.Screening;

/// <summary>How many numbers of a column look like a person's, and whether that can be chance.</summary>
/// <remarks>
/// One number tells little: of random ten-digit numbers 1 in 23 begins with a possible date and 1 in 10 of those has a right check
/// digit. A column of personal numbers has right check digits throughout; amounts, serial numbers, times and case numbers have them in a
/// tenth of those that begin with a date. Organisation numbers have right check digits and no date (the third digit is at least 2). So a
/// column is judged by the share, and only a small one by a single number.
/// </remarks>
internal struct NumberTally
{
    private const long FewCells = 20;
    private const long LeastCut = 100_000_000;

    // Numbers from here on may have a personal number in them.
    private const long Longer = 1_000_000_000_000;
    private long full, fullDated, fullValid, clock;
    private long shorter, shorterDated, shorterValid;
    private long cut;
    private long written, writtenValid;
    private long one, two, three;   // different numbers with a right check digit, up to three
    private EmbeddedNumbers? embedded;

    /// <summary>Whether nothing has been seen that could be a person's.</summary>
    public readonly bool IsEmpty => fullValid + shorterValid + cut + writtenValid == 0 && embedded is null;

    /// <summary>Counts a number of a number column; whatever is no whole number, nor one with four decimals, is passed over.</summary>
    public void Add(double value)
    {
        if (value is >= Longer and < 9e18 && value == Math.Floor(value)) (embedded ??= new()).Add((long)value);
        if (value is not (>= PersonalNumber.Least and < 1e13)) return;
        // A date, a full stop and four digits are a number with decimals to whoever reads numbers.
        if (value != Math.Floor(value) && value < 1e8) value = Math.Round(value * 10_000, 3);
        if (value == Math.Floor(value)) Add(PersonalNumber.Look((long)value), (long)value);
    }

    /// <summary>Counts a whole number.</summary>
    public void Add(long value)
    {
        if (value >= Longer) (embedded ??= new()).Add(value);
        if (value is >= PersonalNumber.Least and < 10_000_000_000_000) Add(PersonalNumber.Look(value), value);
    }

    /// <summary>Counts the numbers in a text.</summary>
    public void Add(string text)
    {
        if (!DigitText.HasEnoughDigits(text) || EmbeddedNumbers.IsUuid(text)) return;
        (embedded ??= new()).Add(text);
        foreach (var run in DigitText.Runs(text))
        {
            if (run.IsWhole)
            {
                Add(run.Look, run.Number);
                continue;
            }

            written++;
            if ((run.Look & NumberLook.Valid) != 0) writtenValid++;
            if ((run.Look & NumberLook.Clock) != 0) clock++;
        }
    }

    /// <summary>Adds what another part of the column had.</summary>
    public void Add(NumberTally other)
    {
        full += other.full;
        fullDated += other.fullDated;
        fullValid += other.fullValid;
        clock += other.clock;
        shorter += other.shorter;
        shorterDated += other.shorterDated;
        shorterValid += other.shorterValid;
        cut += other.cut;
        written += other.written;
        writtenValid += other.writtenValid;
        See(other.one);
        See(other.two);
        See(other.three);
        if (other.embedded is { } more) (embedded ??= new()).Add(more);
    }

    /// <summary>Whether the column holds personal numbers.</summary>
    /// <param name="serial">Whether the schema says that it holds pseudonymous serial numbers, written in any form.</param>
    /// <param name="cells">How many cells the column has; of a text column, different ones.</param>
    public readonly bool Tells(bool serial, long cells)
    {
        // Written with a mark between the date and the rest, a single one is enough unless most others so written are none.
        var few = written <= 2 && clock == written;
        if (writtenValid > 0 && !few && writtenValid >= (serial ? 0.5 : 0.3) * written) return true;
        // Digits only: most of those with a date have a right check digit, and they are no rarity in the column.
        var numbers = full + shorter;
        var isLone = numbers <= 2 && clock == 0 && !serial && cells <= FewCells;
        // One number over and over is one where the column has nothing else.
        var isOnly = fullValid == numbers && fullValid >= FewCells && fullValid == cells;
        if (fullValid > 0.5 * fullDated && fullValid >= 0.2 * numbers && (two > 0 || isLone || isOnly)) return true;
        // Seven digits begin with a month and a day more often than not: only a column full of them, of different ones, tells.
        var (dated, valid) = (fullDated + shorterDated, fullValid + shorterValid);
        if (three > 0 && valid > 0.6 * dated && valid >= 0.7 * numbers && valid >= 0.5 * cells) return true;
        // The dates are all that a spreadsheet has left; amounts in tens of thousands begin with a date once in twenty.
        if (cut >= 3 && cut >= 0.8 * numbers && cut >= 0.5 * cells) return true;
        return embedded is { Tells: true };
    }

    private void See(long number)
    {
        if (number == 0 || number == one || number == two || number == three) return;
        if (one == 0) one = number;
        else if (two == 0) two = number;
        else if (three == 0) three = number;
    }

    private void Add(NumberLook look, long number)
    {
        if ((look & NumberLook.Valid) != 0) See(number);
        if ((look & NumberLook.Full) != 0)
        {
            full++;
            if ((look & NumberLook.Dated) != 0) fullDated++;
            if ((look & NumberLook.Valid) != 0) fullValid++;
            if ((look & NumberLook.Clock) != 0) clock++;
            if ((look & NumberLook.Cut) != 0) cut++;
        }
        else if ((look & NumberLook.Short) != 0)
        {
            shorter++;
            if ((look & NumberLook.Dated) != 0) shorterDated++;
            if ((look & NumberLook.Valid) != 0) shorterValid++;
            if ((look & NumberLook.Cut) != 0 && number >= LeastCut) cut++;
        }
        else if ((look & NumberLook.Long) != 0)
        {
            full++;
        }
    }
}
