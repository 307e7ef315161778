using System.Globalization;
using Analys.Notebooks.CSharp;
using Analys.Notebooks.Engine;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.Runner;

/// <summary>
/// The cell that papermill's convention puts after the one tagged <c>parameters</c>. The variables are there by then, so their types say
/// how a text is meant: 2017 is a number for a number, and a text for a text.
/// </summary>
internal static class ParameterCell
{
    private const string Injected = "injected-parameters";

    public static bool IsInjected(NotebookCell cell) => cell.Tags.Contains(Injected);

    /// <summary>Removes the cell that an earlier run put in.</summary>
    public static bool Remove(Notebook notebook) => notebook.Cells.RemoveAll(IsInjected) > 0;

    /// <summary>The cell tagged <c>parameters</c>; there must be one when values are given.</summary>
    public static NotebookCell? Find(Notebook notebook, IReadOnlyDictionary<string, string> values)
    {
        var cell = notebook.CodeCells.FirstOrDefault(candidate => candidate.Tags.Contains("parameters"));
        if (cell is null && values.Count > 0)
            throw new ArgumentException("The notebook takes no parameters: it has no cell tagged 'parameters'.");
        return cell;
    }

    public static NotebookCell Make(IReadOnlyDictionary<string, string> values, IReadOnlyList<Variable> variables)
    {
        var lines = values
            .OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => $"{value.Key} = {Literal(value.Key, value.Value, variables)};");
        return NotebookCell.Code(Injected, "// Parameters\n" + string.Join('\n', lines), Injected);
    }

    private static string Literal(string name, string text, IReadOnlyList<Variable> variables)
    {
        var variable = variables.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new ArgumentException(
                $"The notebook has no parameter '{name}'; it has {string.Join(", ", variables.Select(candidate => candidate.Name))}.");
        var type = Nullable.GetUnderlyingType(variable.Type) ?? variable.Type;
        return Literal(type, text)
            ?? throw new ArgumentException($"The value given for the parameter '{name}' is no {TypeText.Short(type)}.");
    }

    private static string? Literal(Type type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(string)) return SymbolDisplay.FormatLiteral(text, quote: true);
        if (type == typeof(bool)) return bool.TryParse(text, out var truth) ? truth ? "true" : "false" : null;
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.Integer, culture, out var number) ? number.ToString(culture) : null;
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.Integer, culture, out var large) ? large.ToString(culture) + "L" : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, culture, out var real) && double.IsFinite(real)
                ? real.ToString("R", culture) + "d"
                : null;
        if (type == typeof(decimal))
            return decimal.TryParse(text, NumberStyles.Number, culture, out var exact) ? exact.ToString(culture) + "m" : null;
        if (type == typeof(DateOnly))
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day)
                ? FormattableString.Invariant($"new DateOnly({day.Year}, {day.Month}, {day.Day})")
                : null;
        if (type.IsEnum) return Enum.GetNames(type).Contains(text) ? $"{TypeText.Full(type)}.{text}" : null;
        if (type == typeof(string[]))
        {
            var parts = text.Split(',').Select(part => SymbolDisplay.FormatLiteral(part.Trim(), quote: true));
            return $"new[] {{ {string.Join(", ", parts)} }}";
        }
        return null;
    }
}
