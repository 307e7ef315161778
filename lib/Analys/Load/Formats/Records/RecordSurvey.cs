using System.Collections.Immutable;
using System.Text;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

namespace Analys.Load.Formats.Records;

/// <summary>Goes through a file once to learn what its variables hold, so that a schema can say it: whole numbers, labelled codes, what is
/// missing.</summary>
internal sealed class RecordSurvey : IRecordSink
{
    /// <summary>A variable with more values than this is no list of codes, whatever labels it has.</summary>
    private const int MaxCodes = 10_000;

    private readonly IReadOnlyList<Variable> variables;
    private readonly bool[] fractional;
    private readonly bool[] odd;
    private readonly HashSet<string>?[] codes;
    private readonly HashSet<string>[] missing;

    private RecordSurvey(IReadOnlyList<Variable> variables)
    {
        this.variables = variables;
        fractional = new bool[variables.Count];
        odd = new bool[variables.Count];
        codes = [.. variables.Select(variable => variable.Labels.Count > 0 ? new HashSet<string>(StringComparer.Ordinal) : null)];
        missing = [.. variables.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
    }

    /// <summary>The schema that a file suggests; it is confidential until somebody says otherwise.</summary>
    public static (TableSchema Schema, IReadOnlyList<Notice> Notices) Of(RecordFile records, string file)
    {
        var survey = new RecordSurvey(records.Variables);
        while (records.Read(survey))
        {
        }

        var notices = new List<Notice>();
        var fields = records.Variables.Select((variable, i) => survey.FieldOf(variable, i, file, notices)).ToImmutableArray();
        var schema =
            new TableSchema
            {
                Name = Path.GetFileNameWithoutExtension(file),
                Title = records.Title,
                Fields = fields,
                MissingValues =
            [new("", Mark.Missing)],
                Dialect = new Dialect(',')
            };
        return (schema, notices);
    }

    /// <inheritdoc/>
    public void Number(int variable, double value)
    {
        if (!NumberText.IsWhole(value)) fractional[variable] = true;
        if (variables[variable].Kind is not (VariableKind.Number or VariableKind.Year or VariableKind.Boolean)) odd[variable] = true;
        if (codes[variable] is not null) See(variable, RecordText.Code(value));
    }

    /// <inheritdoc/>
    public void Text(int variable, ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (codes[variable] is not null) See(variable, encoding.GetString(bytes).TrimEnd());
    }

    /// <inheritdoc/>
    public void Moment(int variable, ReadOnlySpan<char> iso)
    {
        // A time of 26 hours or below zero is a duration, and stays the text it is.
        if (variables[variable].Kind == VariableKind.Time
            && (iso.Length > 2 && iso[2] != ':' || iso.CompareTo("24", StringComparison.Ordinal) >= 0 || iso[0] == '-')) odd[variable] =
            true;
    }

    /// <inheritdoc/>
    public void Missing(int variable, string code)
    {
        if (code.Length > 0 && missing[variable].Count < MaxCodes) missing[variable].Add(code);
    }

    private void See(int variable, string code)
    {
        if (codes[variable]!.Count >= MaxCodes) codes[variable] = null;
        else if (code.Length > 0) codes[variable]!.Add(code);
    }

    private Field FieldOf(Variable variable, int i, string file, List<Notice> notices)
    {
        var labels = variable.Labels.Where(label => !missing[i].Contains(label.Key)).ToList();
        var unlabelled = codes[i]?.Where(code => !variable.Labels.ContainsKey(code)).ToList();
        var field = new Field { Name = variable.Name, Title = variable.Label, Type = TypeOf(variable, i) };
        if (missing[i].Count > 0)
        {
            field = field with
            {
                MissingValues =
                    [new("", Mark.Missing),
                    .. missing[i].Order(StringComparer.Ordinal).Select(code =>
                    new MissingValue(code, MarkOf(variable.Labels.GetValueOrDefault(code)), variable.Labels.GetValueOrDefault(code)))],
            };
        }

        if (labels.Count == 0 || codes[i] is null && !variable.Labels.Any()) return field;
        if (unlabelled is { Count: 0 })
        {
            // Every value has a label: these are codes, whatever they look like, and codes are text.
            return field with
            {
                Type = FieldType.String,
                Categories =
                [.. labels.OrderBy(label => label.Key, CodeOrder.Instance).Select(label => new Category(label.Key, label.Value))]
            };
        }

        notices.Add(new Notice(NoticeCodes.PartlyLabelled, file, variable.Name, i + 1, RowNumbers.None,
            $"{labels.Count} of its values have labels and others have none: read without labels"));
        return field;
    }

    private FieldType TypeOf(Variable variable, int i) => odd[i] && variable.Kind == VariableKind.Time ? FieldType.String
        : variable.Kind switch
        {
            VariableKind.Text => FieldType.String,
            VariableKind.Date => FieldType.Date,
            VariableKind.Time => FieldType.Time,
            VariableKind.DateTime => FieldType.DateTime,
            VariableKind.Month => FieldType.YearMonth,
            VariableKind.Year => fractional[i] ? FieldType.Number : FieldType.Year,
            VariableKind.Boolean => FieldType.Boolean,
            _ => fractional[i] ? FieldType.Number : FieldType.Integer,
        };

    /// <summary>What a code for a missing value means, by its label; plainly missing where that does not tell.</summary>
    private static Mark MarkOf(string? label)
    {
        if (label is null) return Mark.Missing;
        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (label.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
            }

            return false;
        }

        if (Says("ej aktuell", "ej tillämplig", "kan ej förekomma", "not applicable", "inapplicable")) return Mark.NotApplicable;
        if (Says("sekretess", "suppressed", "confidential", "withheld")) return Mark.Suppressed;
        return Says("ej tillgänglig", "not available") ? Mark.NotAvailable : Mark.Missing;
    }

    // Codes in the order of their numbers, 2 before 10; others after them as text.
    private sealed class CodeOrder : IComparer<string>
    {
        public static CodeOrder Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            var culture = System.Globalization.CultureInfo.InvariantCulture;
            var a = double.TryParse(x, culture, out var left);
            var b = double.TryParse(y, culture, out var right);
            var order = a && b ? left.CompareTo(right) : b.CompareTo(a);
            return order != 0 ? order : string.CompareOrdinal(x, y);
        }
    }
}
