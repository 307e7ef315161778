using Analys.Disclosure;
using Analys.Domain;
using Analys.Present.Numbers;

namespace Analys.Present.Figures;

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

    /// <summary>What a result is; null for the parameter <c>role</c> (<c>outcome</c>, <c>board</c>, <c>council</c>, <c>district</c>), else the outcome.</summary>
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
    /// <param name="released">For each indicator at most one outcome, one target of the board and one of the council, and any number of districts'.</param>
    /// <param name="options">The options.</param>
    public static Figure TargetBullets(this Released released, BulletOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var bullets = Bullet.All(released, options);
        return FigureMaker.Make(
            released, options with { Note = options.Note ?? Texts.Of(options.Language)["figure.bullet.note"], Label = options.Label ?? options.IndicatorOf, Subtitle = options.Subtitle ?? "" },
            "bullet", "figure.title.targets", drawing => BulletPanel.Draw(drawing, bullets, options), [.. released], Table(bullets, options), count: bullets.Count);
    }

    private static DataTable Table(IReadOnlyList<Bullet> bullets, BulletOptions options)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        var districts = bullets.SelectMany(bullet => bullet.Districts).Select(row => row.Area ?? "").Distinct().ToList();
        List<string> columns = [texts["figure.table.indicator"], texts["figure.table.unit"], texts["figure.table.direction"], texts["figure.bullet.value"], texts["figure.bullet.board"], texts["figure.bullet.council"], .. districts];
        var rows = bullets.Select(bullet => (IReadOnlyList<DataCell>)
        [
            bullet.Name, Words.Unit(bullet.Unit, options.Language), bullet.DirectionText(texts), Cell(bullet, bullet.Outcome), Cell(bullet, bullet.Board), Cell(bullet, bullet.Council),
            .. districts.Select(name => Cell(bullet, bullet.Districts.FirstOrDefault(row => (row.Area ?? "") == name))),
        ]);
        return new DataTable(options.Title ?? texts["figure.title.targets"], columns, [.. rows], TableMaker.Marks(bullets.SelectMany(bullet => bullet.Rows), options.Language));

        DataCell Cell(Bullet bullet, Result? row) => row is null ? "" : new DataCell(
            format.Value(row.Value, row.Unit, bullet.Decimals), row.Value.HasNumber ? TableMaker.InHeadingsUnit(row.Value.Number, row.Unit) : null);
    }
}
