namespace Analys.Load.Px;

/// <summary>What the symbols of a PX file mean: by the words of DATASYMBOL where it has them, else by the usage of Statistics Sweden.</summary>
internal sealed class PxMarks
{
    private readonly Mark[] marks = new Mark[10];

    public PxMarks(IReadOnlyList<PxKeyword> keywords)
    {
        for (var symbol = 1; symbol <= 6; symbol++)
        {
            var words = keywords.FirstOrDefault(keyword => keyword.Name == $"DATASYMBOL{symbol}" && keyword.Language is null)?.Text ?? "";
            marks[symbol] = Of(words) ?? (symbol == 1 ? Mark.NotApplicable : Mark.NotAvailable);
        }

        marks[PxData.Nil] = Mark.Nil;
        marks[PxData.Sum] = Mark.NotAvailable;
        marks[PxData.Absent] = Mark.Missing;
    }

    public Mark[]? Of(byte[] symbols) => symbols.AsSpan().IndexOfAnyExcept((byte)0) < 0 ? null : [.. symbols.Select(symbol => marks[symbol])];

    private static Mark? Of(string words)
    {
        bool Has(params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
            {
                if (words.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
            }

            return false;
        }

        if (Has("sekret", "secret", "confiden", "skydda", "suppress", "classified")) return Mark.Suppressed;
        if (Has("ej förekomma", "inte förekomma", "not applicable", "not relevant", "logically")) return Mark.NotApplicable;
        return Has("not available", "n.a.", "tillgänglig", "saknas", "unknown", "okän", "osäker", "too uncertain") ? Mark.NotAvailable : null;
    }
}
