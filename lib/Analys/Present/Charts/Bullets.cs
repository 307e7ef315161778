using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>What a result is to its indicator.</summary>
public enum TargetRole
{
    /// <summary>The outcome. Swedish: <i>utfall</i>.</summary>
    Outcome,

    /// <summary>The board's target. Swedish: <i>nämndens mål</i>.</summary>
    Board,

    /// <summary>The city council's target. Swedish: <i>KF:s årsmål</i>.</summary>
    Council,

    /// <summary>A district's target within a joint unit.</summary>
    District,
}

/// <summary>Which way an indicator should go.</summary>
public enum TargetDirection
{
    /// <summary>Not said: no verdict is drawn.</summary>
    Unknown,

    /// <summary>Lower is better.</summary>
    Lower,

    /// <summary>Higher is better.</summary>
    Higher,
}

/// <summary>What a target bullet can be told.</summary>
public sealed record BulletOptions : FigureOptions
{
    /// <summary>The indicator that a result belongs to; null for the measure's name.</summary>
    public Func<Result, string>? Indicator { get; init; }

    /// <summary>What a result is; null for the parameter <c>role</c> (<c>outcome</c>, <c>board</c>, <c>council</c>, <c>district</c>), else
    /// the outcome.</summary>
    public Func<Result, TargetRole>? Role { get; init; }

    /// <summary>Which way an indicator should go; null for the parameter <c>direction</c> (<c>lower</c>, <c>higher</c>).</summary>
    public Func<Result, TargetDirection>? Direction { get; init; }

    /// <summary>Marks that lie further out than this many times the outcome and the board's target are written, not drawn.</summary>
    public double Furthest { get; init; } = 8;

    internal string IndicatorOf(Result row) => Indicator?.Invoke(row) ?? NameOf(row.Measure);

    internal TargetRole RoleOf(Result row) => Role?.Invoke(row) ?? row.Parameters.GetValueOrDefault("role") switch
    {
        "board" => TargetRole.Board,
        "council" => TargetRole.Council,
        "district" => TargetRole.District,
        _ => TargetRole.Outcome,
    };

    internal TargetDirection DirectionOf(Result row) => Direction?.Invoke(row) ?? row.Parameters.GetValueOrDefault("direction") switch
    {
        "lower" => TargetDirection.Lower,
        "higher" => TargetDirection.Higher,
        _ => TargetDirection.Unknown,
    };
}

/// <summary>Indicators with their outcome against the board's and the city council's targets, each on its own scale from zero.</summary>
/// <remarks>Swedish: <i>måluppföljning</i>.</remarks>
public static class BulletFigure
{
    /// <summary>Draws target bullets, in the order of the results.</summary>
    /// <param name="released">For each indicator at most one outcome, one target of the board and one of the council, and any number of
    /// districts'.</param>
    /// <param name="options">The options.</param>
    public static Figure TargetBullets(this Released released, BulletOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var bullets = Bullet.All(released, options);
        return FigureMaker.Make(
            released, options with
            {
                Note = options.Note ?? Texts.Of(options.Language)["figure.bullet.note"],
                Label = options.Label ?? options.IndicatorOf,
                Subtitle = options.Subtitle ?? ""
            },
            "bullet", "figure.title.targets", drawing => BulletPanel.Draw(drawing, bullets, options), [.. released],
            Table(bullets, options), count: bullets.Count);
    }

    private static DataTable Table(IReadOnlyList<Bullet> bullets, BulletOptions options)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        var districts = bullets.SelectMany(bullet => bullet.Districts).Select(row => row.Area ?? "").Distinct().ToList();
        List<string> columns = [texts["figure.table.indicator"], texts["figure.table.unit"], texts["figure.table.direction"],
            texts["figure.bullet.value"], texts["figure.bullet.board"], texts["figure.bullet.council"], .. districts];
        var rows = bullets.Select(bullet => (IReadOnlyList<DataCell>)
        [
            bullet.Name, Words.Unit(bullet.Unit, options.Language), bullet.DirectionText(texts), Cell(bullet, bullet.Outcome),
            Cell(bullet, bullet.Board), Cell(bullet, bullet.Council),
            .. districts.Select(name => Cell(bullet, bullet.Districts.FirstOrDefault(row => (row.Area ?? "") == name))),
        ]);
        return new DataTable(options.Title ?? texts["figure.title.targets"], columns, [.. rows],
            TableMaker.Marks(bullets.SelectMany(bullet => bullet.Rows), options.Language));

        DataCell Cell(Bullet bullet, Result? row) => row is null ? "" : new DataCell(
            format.Value(row.Value, row.Unit, bullet.Decimals), row.Value.HasNumber ? TableMaker.InHeadingsUnit(row.Value.Number, row.Unit)
            : null);
    }
}

/// <summary>An indicator with its outcome and targets.</summary>
internal sealed record Bullet(string Name, IReadOnlyList<Result> Rows, BulletOptions Options)
{
    public Result? Outcome => First(TargetRole.Outcome);

    public Result? Board => First(TargetRole.Board);

    public Result? Council => First(TargetRole.Council);

    public IReadOnlyList<Result> Districts => [.. Rows.Where(row => Options.RoleOf(row) == TargetRole.District)];

    public string Unit => Rows[0].Unit;

    public TargetDirection Direction => Rows.Select(Options.DirectionOf).FirstOrDefault(direction => direction != TargetDirection.Unknown);

    /// <summary>As many decimals as the figures have: targets are stated exactly.</summary>
    public int Decimals => Options.Decimals ?? NumberFormat.DecimalsNeeded(Numbers, Unit);

    public IEnumerable<double> Numbers => Rows.Where(row => row.Value.HasNumber).Select(row => row.Value.Number);

    /// <summary>Whether the outcome reaches the board's target; null where either or the direction is not known.</summary>
    public bool? Met => (Outcome?.Value, Board?.Value, Direction) switch
    {
        ({ HasNumber: true } outcome, { HasNumber: true } board, TargetDirection.Lower) => outcome.Number <= board.Number,
        ({ HasNumber: true } outcome, { HasNumber: true } board, TargetDirection.Higher) => outcome.Number >= board.Number,
        _ => null,
    };

    public string DirectionText(Texts texts) => Direction switch
    {
        TargetDirection.Lower => texts["figure.bullet.lower"],
        TargetDirection.Higher => texts["figure.bullet.higher"],
        _ => "",
    };

    public static IReadOnlyList<Bullet> All(IReadOnlyList<Result> rows, BulletOptions options) =>
        [.. rows.GroupBy(options.IndicatorOf).Select(group => new Bullet(group.Key, [.. group], options))];

    private Result? First(TargetRole role)
    {
        var found = Rows.Where(row => Options.RoleOf(row) == role).Take(2).ToList();
        return found.Count < 2 ? found.FirstOrDefault()
            : throw new ArgumentException($"An indicator has several figures in the role {role}: choose one period and area with Where.");
    }
}

/// <summary>The drawing of target bullets: bar = outcome, upright line = the board's target, diamond = the council's, ticks = the
/// districts'.</summary>
internal static class BulletPanel
{
    public static void Draw(Drawing d, IReadOnlyList<Bullet> bullets, BulletOptions options)
    {
        var y = Key(d, bullets) + 10;
        foreach (var bullet in bullets) y = One(d, bullet, y, options) + 12;
        d.Height = y;
    }

    private static double One(Drawing d, Bullet bullet, double y, BulletOptions options)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        var words = bullet.DirectionText(d.Texts) is { Length: > 0 } direction
            ? d.Texts.Get("figure.bullet.direction", ("name", bullet.Name), ("direction", direction))
            : bullet.Name;
        var title = TextWrap.Lines(words, frame.Width, frame.FontSize, bold: true);
        d.Lines(0, y + frame.FontSize, title, bold: true);
        y += (title.Count * frame.FontSize * 1.25) + 8;

        var anchor = new[] { bullet.Outcome, bullet.Board }.Where(row => row?.Value.HasNumber == true)
            .Select(row => Math.Abs(row!.Value.Number))
            .Concat(bullet.Districts.Where(row => row.Value.HasNumber).Select(row => Math.Abs(row.Value.Number))).DefaultIfEmpty(0).Max();
        bool Near(double value) => anchor == 0 || Math.Abs(value) <= anchor * options.Furthest;
        var shown = bullet.Numbers.Where(Near).Append(0).ToList();
        var (min, max) = (Math.Min(0, shown.Min()), shown.Max());
        var scale = new LinearScale(min, max == min ? min + 1 : max, 8, frame.Width - 16);
        double At(Result row) => scale.At(row.Value.Number);

        d.Rect(scale.From, y, scale.To - scale.From, 22, "#eef1f4", kind: "track");
        using var telling = d.Tell(bullet.Rows[0]);
        if (bullet.Outcome is { } outcome)
        {
            if (outcome.Value.HasNumber) d.Rect(Math.Min(scale.At(0), At(outcome)), y + 5, Math.Abs(At(outcome) - scale.At(0)), 12,
                Palette.Mark, kind: "bar");
            else if (outcome.Value.Status == ValueStatus.Suppressed)
                d.Rect(scale.At(0), y + 5, 46, 12, d.Hatch, Palette.Axis, kind: "suppressed");
        }

        foreach (var row in bullet.Districts.Where(row => row.Value.HasNumber))
            d.Line(At(row), y + 15, At(row), y + 27, Palette.MutedInk, 2, kind: "district");
        if (bullet.Board is { Value.HasNumber: true } board)
        {
            d.Line(At(board), y - 4, At(board), y + 26, Palette.Paper, 6);
            d.Line(At(board), y - 4, At(board), y + 26, Palette.Ink, 3.2, kind: "board");
        }

        if (bullet.Council is { Value.HasNumber: true } council)
        {
            if (Near(council.Value.Number)) d.Diamond(At(council), y + 11, 7, Palette.Reference, Palette.Paper, "council");
            else
            {
                // An arrow says that the target lies beyond the end of the scale; its number stands in the line below.
                d.Path($"M{Drawing.N(scale.To + 2)} {Drawing.N(y + 4)}l11 7l-11 7Z", Palette.Reference, kind: "council beyond");
            }
        }

        foreach (var tick in (ReadOnlySpan<double>)[scale.Min, scale.Max])
        {
            d.Line(scale.At(tick), y + 22, scale.At(tick), y + 27, Palette.Axis);
            d.Text(scale.At(tick), y + 39, d.Numbers.Value(tick, bullet.Unit, bullet.Decimals), tick == scale.Min ? Anchor.Start
                : Anchor.End, 12, Palette.MutedInk, kind: "tick");
        }

        y += 44;
        var lines = TextWrap.Lines(Numbers(d, bullet), frame.Width, small);
        d.Lines(0, y + small, lines, size: small, fill: Palette.MutedInk);
        return y + (lines.Count * small * 1.25) + 4;
    }

    private static string Numbers(Drawing d, Bullet bullet)
    {
        string Print(Result row) => d.Numbers.Value(row.Value, row.Unit, bullet.Decimals).Replace(' ', '\u00A0');
        var said = new List<string>();
        if (bullet.Outcome is { } outcome) said.Add($"{d.Texts["figure.bullet.value"]} {Print(outcome)}");
        if (bullet.Met is { } met) said.Add(d.Texts[met ? "figure.bullet.met" : "figure.bullet.missed"]);
        if (bullet.Board is { } board) said.Add($"{d.Texts["figure.bullet.board"]} {Print(board)}");
        if (bullet.Council is { } council) said.Add($"{d.Texts["figure.bullet.council"]} {Print(council)}");
        if (bullet.Districts.Count > 0) said.Add(string.Join(", ", bullet.Districts.Select(row => $"{row.Area} {Print(row)}")));
        return string.Join(" · ", said);
    }

    private static double Key(Drawing d, IReadOnlyList<Bullet> bullets)
    {
        double x = 0, y = d.Frame.FontSize;
        var size = d.Frame.SmallSize;
        if (bullets.Any(bullet => bullet.Outcome is not null))
            Entry("figure.bullet.value", left => d.Rect(left, y - 10, 18, 10, Palette.Mark));
        if (bullets.Any(bullet => bullet.Board is not null))
            Entry("figure.bullet.board", left => d.Line(left + 9, y - 13, left + 9, y + 3, Palette.Ink, 3.2));
        if (bullets.Any(bullet => bullet.Council is not null))
            Entry("figure.bullet.council", left => d.Diamond(left + 9, y - 5, 7, Palette.Reference));
        if (bullets.Any(bullet => bullet.Districts.Count > 0))
            Entry("figure.bullet.district", left => d.Line(left + 9, y - 10, left + 9, y + 2, Palette.MutedInk, 2));
        return y + 8;

        void Entry(string key, Action<double> mark)
        {
            var width = 26 + TextWidth.Of(d.Texts[key], size) + 20;
            if (x > 0 && x + width > d.Width)
            {
                x = 0;
                y += size * 1.6;
            }

            mark(x);
            d.Text(x + 26, y, d.Texts[key], size: size);
            x += width;
        }
    }
}
