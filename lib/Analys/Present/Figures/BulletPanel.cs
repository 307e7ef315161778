using Analys.Domain;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>The drawing of target bullets: bar = outcome, upright line = the board's target, diamond = the council's, ticks = the districts'.</summary>
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

        var anchor = new[] { bullet.Outcome, bullet.Board }.Where(row => row?.Value.HasNumber == true).Select(row => Math.Abs(row!.Value.Number))
            .Concat(bullet.Districts.Where(row => row.Value.HasNumber).Select(row => Math.Abs(row.Value.Number))).DefaultIfEmpty(0).Max();
        bool Near(double value) => anchor == 0 || Math.Abs(value) <= anchor * options.Furthest;
        var shown = bullet.Numbers.Where(Near).Append(0).ToList();
        var (min, max) = (Math.Min(0, shown.Min()), shown.Max());
        var scale = new LinearScale(min, max == min ? min + 1 : max, 8, frame.Width - 16);
        double At(Result row) => scale.At(row.Value.Number);

        d.Rect(scale.From, y, scale.To - scale.From, 22, "#eef1f4", kind: "track");
        if (bullet.Outcome is { } outcome)
        {
            if (outcome.Value.HasNumber) d.Rect(Math.Min(scale.At(0), At(outcome)), y + 5, Math.Abs(At(outcome) - scale.At(0)), 12, Palette.Mark, kind: "bar");
            else if (outcome.Value.Status == ValueStatus.Suppressed) d.Rect(scale.At(0), y + 5, 46, 12, d.Hatch, Palette.Axis, kind: "suppressed");
        }

        foreach (var row in bullet.Districts.Where(row => row.Value.HasNumber)) d.Line(At(row), y + 15, At(row), y + 27, Palette.MutedInk, 2, kind: "district");
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

        y += 30;
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
        if (bullets.Any(bullet => bullet.Outcome is not null)) Entry("figure.bullet.value", left => d.Rect(left, y - 10, 18, 10, Palette.Mark));
        if (bullets.Any(bullet => bullet.Board is not null)) Entry("figure.bullet.board", left => d.Line(left + 9, y - 13, left + 9, y + 3, Palette.Ink, 3.2));
        if (bullets.Any(bullet => bullet.Council is not null)) Entry("figure.bullet.council", left => d.Diamond(left + 9, y - 5, 7, Palette.Reference));
        if (bullets.Any(bullet => bullet.Districts.Count > 0)) Entry("figure.bullet.district", left => d.Line(left + 9, y - 10, left + 9, y + 2, Palette.MutedInk, 2));
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
