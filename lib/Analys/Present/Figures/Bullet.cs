using Analys.Domain;
using Analys.Present.Numbers;

namespace Analys.Present.Figures;

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
        return found.Count < 2 ? found.FirstOrDefault() : throw new ArgumentException($"An indicator has several figures in the role {role}: choose one period and area with Where.");
    }
}
