using System.Collections;
using System.Globalization;

namespace Analys.Notebooks.Display;

/// <summary>A value as a short text, the same in every culture.</summary>
internal static class ValueText
{
    private const int Longest = 1000;

    public static bool IsPlain(object value) =>
        value is string or IFormattable or bool or char or Type or Delegate or Task or Exception or Uri;

    public static string Of(object? value) => Shorten(value switch
    {
        null or DBNull => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        byte[] bytes => string.Create(CultureInfo.InvariantCulture, $"byte[{bytes.Length}]"),
        _ when FormatterConvention.For(value.GetType()) is { } own => own.Text(value),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable sequence => Sequence(sequence),
        _ when RecordColumns.HasOwnText(value.GetType()) => value.ToString() ?? "",
        _ => Members(value),
    });

    private static string Sequence(IEnumerable sequence)
    {
        const int Shown = 10;
        var items = sequence.Cast<object?>().Take(Shown + 1).ToList();
        var texts = items.Take(Shown).Select(Of);
        return $"[{string.Join(", ", items.Count > Shown ? texts.Append("…") : texts)}]";
    }

    private static string Members(object value)
    {
        // One level only: graphs may be cyclic.
        var members = RecordColumns.Of(value.GetType())
            .Select(column => (column.Name, Value: column.Read(value)))
            .Select(member => $"{member.Name} = {(member.Value is null || IsPlain(member.Value) || HasFormatter(member.Value) ? Of(member.Value) : member.Value.GetType().Name)}");
        return $"{{ {string.Join(", ", members)} }}";
    }

    private static bool HasFormatter(object value) => FormatterConvention.For(value.GetType()) is not null;

    private static string Shorten(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
}
