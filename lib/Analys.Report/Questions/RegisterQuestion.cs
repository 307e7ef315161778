using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Source;
using Analys.Measure.Study;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report.Questions;

/// <summary>How many are poor in each area, computed from a register of persons and released through the gate.</summary>
internal sealed class RegisterQuestion() : Question("register")
{
    private static readonly AreasQuestion Areas = new();

    public override IReadOnlyCollection<string> Figures => Areas.Figures;

    public override IReadOnlyCollection<string> Slots => Areas.Slots;

    public override IReadOnlyCollection<string> Options { get; } = ["measure", "ages"];

    public override IEnumerable<Candidate> Candidates(ReportContext context, SectionRecipe section)
    {
        var (id, ages) = Asked(section);
        foreach (var input in context.Inputs.Where(input => input.Extract is not null && About(section.Of, input) && Can(input.Extract)
            && context.Shadowed(input) is null))
        {
            var period = input.Extract!.Find(Role.Period) is { } time
                ? Enumerable.Range(0, input.Extract.RowCount).Select(row =>
                    Convert.ToString(time.ValueAt(row), System.Globalization.CultureInfo.InvariantCulture))
                    .Distinct().Max(PeriodOrder.InTime) : null;
            yield return new Candidate(input, $"{id}{(ages is null ? "" : $", ages {ages}")}", period, () =>
                Ask(context, section, input, id, ages));
        }
    }

    private static bool Can(Extract extract) => Reading.IsRegister(extract)
        && extract.Columns.Count(column => column.Field.Role == Role.Area) == 1
        && extract.Columns.Any(column => column.Field.Role is Role.EquivalisedIncome or Role.DisposableIncome);

    protected override Results? Register(ReportContext context, SectionRecipe section, TableInput input)
    {
        if (!Can(input.Extract!) || context.Shadowed(input) is not null) return null;
        var (id, ages) = Asked(section);
        var persons = PersonTableReader.Read(input.Extract!, PersonColumns.ByRole with { By = [input.Extract!.Get(Role.Area).Name] });
        var study = new IncomeStudy { Persons = persons };
        if (ages is { } span) study = study with { Ages = [span] };
        return study.Run([.. new MeasureCatalogue().Find(id) ?? throw new ColumnNotFoundException($"there is no measure {id}")]);
    }

    private static (string Id, AgeSpan? Ages) Asked(SectionRecipe section) => (
        section.With.GetValueOrDefault("measure", Fgt.AtRiskOfPovertyRate.Definition.Id),
        section.With.TryGetValue("ages", out var text) && text.Length > 0 ? AgeSpan.Parse(text) : null);

    private static Answer? Ask(ReportContext context, SectionRecipe section, TableInput input, string id, AgeSpan? ages)
    {
        var population = ages?.ToString();
        var released = context.ReleaseRegister(input, row => row.Measure.Id == id && PopulationText.Of(row) == population);
        return AreasQuestion.Ask(context, section, released, input);
    }
}
