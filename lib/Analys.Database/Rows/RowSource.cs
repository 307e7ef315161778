using Analys.Database.Pushed;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Measure.Source;

namespace Analys.Database.Rows;

/// <summary>Rows in memory, or of a file: one pass answers all queries of a round.</summary>
/// <remarks>
/// A file is read, checked and screened once; the few columns that a study names are packed on the way (<see cref="ColumnSpool"/>), and all
/// later passes are over those. Memory does not grow with the rows: where households and clusters stand together, one of each is
/// remembered; else at most <see cref="MostEntries"/> at once, in more passes, ⌈entries / limit⌉. A column of texts keeps each distinct
/// text once.
/// </remarks>
internal sealed class RowSource : IAggregateSource, IRowsAtHand
{
    private const int MostPivots = 4095;

    // Bytes of garbage beside what is kept.
    private const long Loose = 32L << 20;
    private readonly Func<IEnumerable<IReadOnlyList<Column>>> read;
    private readonly Func<string?> hash;
    private readonly long mostEntries;
    private readonly bool isInMemory;
    private ColumnSpool? spool;
    private long kept;

    public RowSource(SourceDescription description, Func<IEnumerable<IReadOnlyList<Column>>> read, Func<string?> hash,
        long mostEntries = MostEntries, bool isInMemory = false)
    {
        Description = description;
        this.read = read;
        this.hash = hash;
        this.mostEntries = mostEntries;
        this.isInMemory = isInMemory;
    }

    /// <summary>How many households, clusters or incomes are remembered in one pass: about 300 MB.</summary>
    public const long MostEntries = 6_000_000;

    public SourceDescription Description { get; }

    /// <summary>How many times rows were gone through, in a file or as they were kept of it.</summary>
    public int Passes { get; private set; }

    /// <summary>How many times the source itself was read.</summary>
    public int Readings { get; private set; }

    public int Fineness(int domains) => Math.Clamp(400_000 / Math.Max(1, domains), 63, MostPivots);

    public Census Count(PersonLayout layout, CancellationToken cancel)
    {
        long rows = 0, missing = 0, badWeights = 0, badIncomes = 0, badUnits = 0, badReplicateWeights = 0;
        var values = layout.Keys.Select(_ => new Dictionary<object, string>()).ToArray();
        var periods = new Dictionary<object, string>();
        var order = new KeyOrder();
        // Checked and packed on one core while the other reads on.
        foreach (var (columns, chunk) in Ahead.Of(Rows(layout).Select(columns => (columns, RowReader.Read(layout, null, columns)))))
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < values.Length; i++)
            {
                if (layout.Keys[i].AgeGroups.IsEmpty) Collect(RowReader.Find(columns, layout.Keys[i].Column), values[i]);
            }

            if (layout.Period is { } period) Collect(RowReader.Find(columns, period), periods);
            if (layout.Units is { } units) badUnits += Many((NumberColumn)RowReader.Find(columns, units), value => value <= 0);
            if (layout.Income is { } income) missing += Many((NumberColumn)RowReader.Find(columns, income), double.IsNaN);
            foreach (var weight in chunk.Weights) badWeights += weight >= 0 && double.IsFinite(weight) ? 0 : 1;
            foreach (var weights in chunk.ReplicateWeights) badReplicateWeights += weights.Count(double.IsNaN);
            foreach (var value in chunk.Disposable) badIncomes += double.IsInfinity(value) ? 1 : 0;
            order.Add(chunk, layout.Period is { } column ? RowReader.Find(columns, column) : null);
            rows += chunk.Count;
            Tidy();
        }

        return new Census
        {
            Rows = rows,
            Values = [.. values.Select(known => (IReadOnlyList<string>)[.. known.Values])],
            Periods = [.. periods.Values],
            WithoutIncome = missing,
            BadWeights = badWeights,
            BadIncomes = badIncomes,
            BadUnits = badUnits,
            BadReplicateWeights = badReplicateWeights,
            KeysTogether = order.Holds,
            Sha256 = hash(),
        };
    }

    public IReadOnlyList<double[]?[]> Answer(SourceFrame frame, IReadOnlyList<AggregateQuery> queries, CancellationToken cancel)
    {
        var answers = new double[]?[queries.Count][];
        // A panel remembers persons and households, which do not lie within each other: it is read by parts of both.
        foreach (var kind in Enumerable.Range(0, queries.Count).GroupBy(i => queries[i] is PanelQuery))
        {
            int[] places = [.. kind];
            var accumulators = places.Select(i => Accumulator.Of(frame, queries[i])).ToArray();
            Read(frame, accumulators, kind.Key, cancel);
            for (var i = 0; i < places.Length; i++) answers[places[i]] = accumulators[i].Answer();
        }

        return answers;
    }

    public void Narrow(SourceFrame frame, IReadOnlyList<QuantileRequest> requests, CancellationToken cancel) =>
        new RowQuantiles(frame, requests, mostEntries, accumulators => Pass(frame, [.. accumulators], cancel)).Find();

    private void Read(SourceFrame frame, Accumulator[] accumulators, bool panel, CancellationToken cancel)
    {
        // The queries of a round share the limit: none may keep more than its part.
        var heavy = accumulators.Sum(accumulator => accumulator.Entries(frame.Census.Rows));
        var parts = (int)Math.Max(1, (heavy + mostEntries - 1) / mostEntries);
        if (parts > 1) DivideIncomes(frame, accumulators, parts, cancel);
        var passes = panel ? parts * parts : parts;
        for (var pass = 0; pass < passes; pass++)
        {
            foreach (var accumulator in accumulators) accumulator.Begin(pass, parts);
            Pass(frame, accumulators, cancel);
            foreach (var accumulator in accumulators) accumulator.End();
        }
    }

    private void Pass(SourceFrame frame, Accumulator[] accumulators, CancellationToken cancel)
    {
        foreach (var chunk in Ahead.Of(Rows(frame.Layout).Select(columns => RowReader.Read(frame.Layout, frame, columns))))
        {
            cancel.ThrowIfCancellationRequested();
            Add(accumulators, chunk);
            Tidy();
        }
    }

    // What was kept of the rows; else the rows themselves, kept on the way.
    private IEnumerable<IReadOnlyList<Column>> Rows(PersonLayout layout)
    {
        Passes++;
        if (isInMemory) return read();
        var names = layout.Columns;
        if (spool?.Has(names) == true) return spool.Read();
        var isFull = spool?.HasFailed == true;
        spool?.Dispose();
        Readings++;
        if (isFull) return read();
        spool = new ColumnSpool(names);
        return Kept(spool);
    }

    private IEnumerable<IReadOnlyList<Column>> Kept(ColumnSpool own)
    {
        foreach (var columns in read())
        {
            own.Add(columns);
            yield return columns;
        }

        own.Complete();
    }

    // The columns of a block are large arrays, which the run-time collects only when much else has grown: a stream, whose memory is
    // bounded, says when. Where more than the stream is kept, a session's own data, that is looked through more seldom.
    private void Tidy()
    {
        if (isInMemory || GC.GetTotalMemory(false) - kept < Math.Max(Loose, kept / 2)) return;
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        kept = GC.GetTotalMemory(false);
    }

    private static void Add(Accumulator[] accumulators, RowChunk chunk)
    {
        try
        {
            Parallel.ForEach(accumulators, accumulator => accumulator.Add(chunk));
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.Flatten().InnerExceptions[0]).Throw();
        }
    }

    public void Dispose() => spool?.Dispose();

    // Bands of incomes with about as many persons each, by one pass of counting over the whole.
    private void DivideIncomes(SourceFrame frame, Accumulator[] accumulators, int passes, CancellationToken cancel)
    {
        if (!accumulators.OfType<MaximaAccumulator>().Any()) return;
        var shares = Enumerable.Range(1, passes - 1).Select(i => (double)i / passes).ToArray();
        var requests =
            shares.Select(p => new QuantileRequest(new Scope(-1, default, [], null), 0, p,
                QuantileRule.Inverse)).ToArray();
        QuantileSearch.Run(this, frame, requests, cancel);
        double[] bands = [.. requests.Select(request => request.Value ?? 0).Distinct().Order()];
        foreach (var maxima in accumulators.OfType<MaximaAccumulator>()) maxima.Bands = bands;
    }

    private static void Collect(Column column, Dictionary<object, string> known)
    {
        if (column is TextColumn text)
        {
            foreach (var code in text.Codes)
            {
                if (code >= 0 && !known.ContainsKey(code)) known[code] = text.Categories[code];
            }

            return;
        }

        var last = double.NaN;
        foreach (var value in ((NumberColumn)column).Values)
        {
            if (value == last || double.IsNaN(value)) continue;
            last = value;
            if (known.TryAdd(value, "")) known[value] = SourceFrame.Text(value, column.Field.Type);
            if (known.Count > 20_000) throw new CountException($"The column {column.Name} has too many values to break down by.");
        }
    }

    private static long Many(NumberColumn column, Func<double, bool> condition)
    {
        var count = 0L;
        foreach (var value in column.Values) count += condition(value) ? 1 : 0;
        return count;
    }
}

/// <summary>Extracts and files as sources of aggregates.</summary>
internal static class RowSources
{
    /// <summary>An extract in memory.</summary>
    /// <param name="extract">The extract.</param>
    public static IAggregateSource Of(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var sha256 = extract.Provenance.Sources.FirstOrDefault()?.Sha256;
        var name = extract.Provenance.Sources.FirstOrDefault()?.File ?? extract.Schema.Name;
        return new RowSource(new SourceDescription(name, sha256 ?? "", extract.Schema), () => [extract.Columns], () => sha256,
            long.MaxValue, isInMemory: true);
    }

    /// <summary>A CSV file of any size, read once, in bounded memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Its schema; null to find it as <see cref="Extract"/> does.</param>
    public static IAggregateSource Stream(string path, TableSchema? schema = null) => Stream(path, schema, RowSource.MostEntries);

    internal static RowSource Stream(string path, TableSchema? schema, long mostEntries, Func<TableSchema, RowChoice>? rows = null)
    {
        // The schema is known once the first block has been read; that the whole file satisfies it, the first whole pass shows.
        var stream = ExtractStream.Open(path, schema);
        foreach (var _ in stream) break;
        string? sha256 = null;
        return new RowSource(
            new SourceDescription(Path.GetFileName(path), "", stream.Schema!),
            () => Pass(stream, rows?.Invoke(stream.Schema!) ?? RowChoice.All, () => sha256 = stream.Provenance!.Sources[0].Sha256),
            () => sha256,
            mostEntries);
    }

    private static IEnumerable<IReadOnlyList<Column>> Pass(ExtractStream stream, RowChoice rows, Action ended)
    {
        foreach (var chunk in stream) yield return rows.Of(chunk).Columns;
        ended();
    }
}

/// <summary>Makes the next of a sequence on another core while the last is worked on.</summary>
internal static class Ahead
{
    /// <summary>The same sequence; it is gone through by one at a time, and nothing of it goes on when this has ended.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> sequence)
    {
        var next = Task.FromResult((Has: false, Value: default(T)!));
        var rows = sequence.GetEnumerator();
        try
        {
            next = Task.Run(Move);
            while (true)
            {
                var (has, value) = next.GetAwaiter().GetResult();
                if (!has) yield break;
                next = Task.Run(Move);
                yield return value;
            }
        }
        finally
        {
            // Its failure has been told, or nobody waits for it any more.
            ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
            rows.Dispose();
        }

        (bool, T) Move() => rows.MoveNext() ? (true, rows.Current) : (false, default!);
    }
}

/// <summary>Whether keys rise from row to row within a period, and periods too: rows of one household or cluster then follow each
/// other.</summary>
/// <remarks>Texts have codes in the order of their first row, so that rising codes are keys that stand together. It is enough, not
/// necessary: who is not in order is remembered instead.</remarks>
internal sealed class KeyOrder
{
    private double period = double.NegativeInfinity;
    private long household = long.MinValue;
    private long cluster = long.MinValue;

    /// <summary>Whether all rows so far are in order.</summary>
    public bool Holds { get; private set; } = true;

    /// <summary>Looks at more rows.</summary>
    public void Add(RowChunk chunk, Column? periods)
    {
        for (var row = 0; Holds && row < chunk.Count; row++)
        {
            var now = periods switch
            {
                TextColumn text => text.Codes[row],
                NumberColumn number
                when !double.IsNaN(number.Values[row]) => number.Values[row],
                _ => period
            };
            if (now != period)
            {
                Holds = now > period;
                (period, household, cluster) = (now, long.MinValue, long.MinValue);
            }

            Holds &= Rises(ref household, chunk.Households[row]) && Rises(ref cluster, chunk.Clusters[row]);
        }
    }

    private static bool Rises(ref long last, long key)
    {
        if (key == RowChunk.NoKey) return true;
        var rises = key >= last;
        last = key;
        return rises;
    }
}
