using Analys.Measure.Study;
using Analys.Measure.Synthetic;

namespace Analys;

/// <summary>What can be measured on an extract: each method is found by writing a dot after it. Lines, ages, measures and columns are
/// written as in the command.</summary>
/// <remarks>The methods on segregation and on published figures stand in the files of those names. Nothing is shown before it is
/// released: <c>extract.Poverty().Release(Policy.Stockholm)</c>.</remarks>
public static partial class ExtractMeasures
{
    /// <summary>Measures of poverty over weighted persons in households; the line is always the whole population's.</summary>
    /// <remarks>Swedish: <i>fattigdomsmått</i>. The formulas, units and sources stand in <c>Measures.All</c>.</remarks>
    /// <param name="extract">A row per person (and year); columns are found by their roles.</param>
    /// <param name="line">The poverty line: <c>median:60</c>, <c>mean:50</c> or <c>fixed:N</c>; several with commas between.</param>
    /// <param name="ages">Who is measured, such as <c>0-17</c>; everyone where nothing is said.</param>
    /// <param name="by">Columns or roles to break down by; null for the area where one is known, <c>none</c> for the whole only.</param>
    /// <param name="measures">Ids, arguments after colons (<c>fgt:1.5</c>); null for all that the columns allow.</param>
    /// <param name="normYear">The year of the national norm, for measures that need one.</param>
    /// <param name="replicates">Bootstrap replicates for standard errors and intervals; null for Wilson's interval of shares.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <param name="choices">Every further choice of the study; what is said in the other arguments goes before it.</param>
    /// <param name="norm">Every further choice of the norm.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ArgumentException">A choice is not understood.</exception>
    /// <exception cref="ColumnNotFoundException">A measure needs a column that the extract does not have.</exception>
    public static Results Poverty(this Extract extract, string? line = null, AgeChoice ages = default, IReadOnlyList<string>? by = null,
        IReadOnlyList<string>? measures = null, int? normYear = null, int? replicates = null, long? seed = null,
        StudyChoices? choices = null, NormChoices? norm = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(extract);
        return IncomeStudies.Poverty(extract, measures ?? [], Of(choices, line, ages, by, replicates, seed), Of(norm, normYear, default),
            cancel);
    }

    /// <summary>Measures of inequality over weighted persons in households.</summary>
    /// <remarks>Swedish: <i>ojämlikhetsmått</i>.</remarks>
    /// <param name="extract">A row per person (and year); columns are found by their roles.</param>
    /// <param name="ages">Who is measured, such as <c>0-17</c>; everyone where nothing is said.</param>
    /// <param name="by">Columns or roles to break down by; null for the area where one is known, <c>none</c> for the whole only.</param>
    /// <param name="measures">Ids, arguments after colons (<c>quantile-ratio:0.9:0.1</c>); null for all.</param>
    /// <param name="replicates">Bootstrap replicates for standard errors and intervals; null for none.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <param name="choices">Every further choice of the study; what is said in the other arguments goes before it.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ArgumentException">A choice is not understood.</exception>
    /// <exception cref="ColumnNotFoundException">A measure needs a column that the extract does not have.</exception>
    public static Results Inequality(this Extract extract, AgeChoice ages = default, IReadOnlyList<string>? by = null,
        IReadOnlyList<string>? measures = null, int? replicates = null, long? seed = null, StudyChoices? choices = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(extract);
        return IncomeStudies.Inequality(extract, measures ?? [], Of(choices, null, ages, by, replicates, seed), cancel);
    }

    /// <summary>Measures by Swedish definitions: low income standard, Save the Children's index, SCB's socioeconomic index,
    /// deprivation.</summary>
    /// <param name="extract">A row per person (and year), or a survey; columns are found by their roles.</param>
    /// <param name="normYear">The year of the national norm, for measures that need one.</param>
    /// <param name="ages">Who is counted; 0–17 where nothing is said.</param>
    /// <param name="measures">Ids; null for <c>low-income-standard</c> and <c>child-poverty-index</c>.</param>
    /// <param name="line">The line of low economic standard, kronor per consumption unit, for measures that need one.</param>
    /// <param name="norm">Every further choice of the norm.</param>
    /// <exception cref="ArgumentException">A choice is not understood, or one that a measure needs is missing.</exception>
    /// <exception cref="ColumnNotFoundException">A measure needs a column that the extract does not have.</exception>
    public static Results SwedishMeasures(this Extract extract, int? normYear = null, AgeChoice ages = default,
        IReadOnlyList<string>? measures = null, double? line = null, NormChoices? norm = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        return Measure.Swedish.SwedishMeasures.Run(measures ?? [], extract, Of(norm, normYear, ages), line);
    }

    /// <summary>The share whose household's disposable income does not reach what it needs by the national norm.</summary>
    /// <remarks>Swedish: <i>låg inkomststandard</i>.</remarks>
    /// <param name="extract">A row per person (and year); columns are found by their roles.</param>
    /// <param name="normYear">The year of the national norm.</param>
    /// <param name="ages">Who is counted; 0–17 where nothing is said.</param>
    /// <param name="norm">Every further choice of the norm.</param>
    public static Results LowIncomeStandard(this Extract extract, int normYear, AgeChoice ages = default, NormChoices? norm = null) =>
        extract.SwedishMeasures(normYear, ages, [Measure.Swedish.LowIncomeStandard.Definition.Id], null, norm);

    /// <summary>The share in households with a low income standard or with income support: Save the Children's index.</summary>
    /// <remarks>Swedish: <i>Rädda Barnens barnfattigdomsindex</i>.</remarks>
    /// <param name="extract">A row per person (and year); columns are found by their roles.</param>
    /// <param name="normYear">The year of the national norm.</param>
    /// <param name="ages">Who is counted; 0–17 where nothing is said.</param>
    /// <param name="norm">Every further choice of the norm.</param>
    public static Results ChildPovertyIndex(this Extract extract, int normYear, AgeChoice ages = default, NormChoices? norm = null) =>
        extract.SwedishMeasures(normYear, ages, [Measure.Swedish.ChildPovertyIndex.Definition.Id], null, norm);

    /// <summary>How many children would be poor under a changed norm, child allowance or housing allowance: static, first round.</summary>
    /// <remarks>Swedish: <i>vad händer om</i>. Nobody changes behaviour, and no household comes into income support or leaves it.</remarks>
    /// <param name="extract">A row per person (and year); columns are found by their roles.</param>
    /// <param name="normYear">The year of the national norm.</param>
    /// <param name="childNorm">Change of the norm's amounts for children, such as <c>+10%</c>.</param>
    /// <param name="childAllowance">The new child allowance, kronor a month and child under 16.</param>
    /// <param name="lunchDeduction">Whether the norm's deduction for free lunch is applied.</param>
    /// <param name="measure">Who is poor: <c>low-income-standard</c> or <c>child-poverty-index</c>.</param>
    /// <param name="ages">Who is counted; 0–17 where nothing is said.</param>
    /// <param name="change">Every further change; what is said in the other arguments goes before it.</param>
    /// <param name="norm">Every further choice of the norm.</param>
    /// <exception cref="ArgumentException">A choice is not understood, or nothing changes.</exception>
    public static Results WhatIf(this Extract extract, int normYear, string? childNorm = null, double? childAllowance = null,
        bool? lunchDeduction = null, string? measure = null, AgeChoice ages = default, PolicyChoices? change = null, NormChoices? norm =
            null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        change ??= new PolicyChoices();
        change = change with
        {
            ChildNorm = childNorm ?? change.ChildNorm,
            ChildAllowance = childAllowance ?? change.ChildAllowance,
            LunchDeduction = lunchDeduction ?? change.LunchDeduction,
            Measure = measure ?? change.Measure,
        };
        return change.Of(() => extract, Of(norm, normYear, ages));
    }

    /// <summary>A change of the norm between two years in a price part and a child part: norms of standard households, children below the
    /// norm, households entitled, cost and winners, for the whole, by area and by family type. Static, first round.</summary>
    /// <param name="extract">A row per person (and year); columns are found by their roles.</param>
    /// <param name="from">The year of the norm before.</param>
    /// <param name="to">The year of the norm after.</param>
    /// <param name="uprate">What prices explain, such as 0.032; null for the rise of the single adult's amount.</param>
    /// <param name="norm">Every further choice of the norm.</param>
    public static Results NormBetweenYears(this Extract extract, int from, int to, double? uprate = null, NormChoices? norm = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var choices = (norm ?? new NormChoices()) with { NormYear = from };
        return Measure.Swedish.WhatIf.BetweenYears(choices.Households(extract), from, to, uprate, choices.Standard());
    }

    private static StudyChoices Of(StudyChoices? choices, string? line, AgeChoice ages, IReadOnlyList<string>? by, int? replicates,
        long? seed)
    {
        choices ??= new StudyChoices();
        return choices with
        {
            Lines = line?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? choices.Lines,
            Ages = ages.Spans is { Count: > 0 } spans ? spans : choices.Ages,
            By = by ?? choices.By,
            Replicates = replicates ?? choices.Replicates,
            Seed = seed ?? choices.Seed,
        };
    }

    private static NormChoices Of(NormChoices? norm, int? year, AgeChoice ages)
    {
        norm ??= new NormChoices();
        return norm with { NormYear = year ?? norm.NormYear, Ages = ages.Single ?? norm.Ages };
    }
}

/// <summary>Made-up data whose margins follow public figures, for trying things out: no person in them exists.</summary>
/// <remarks>Swedish: <i>syntetiskt register</i>.</remarks>
public static class SyntheticData
{
    /// <summary>Writes a made-up register of Stockholm to a folder, with schemas that say what it is, and loads it.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="persons">Persons in the register's year, at least 1 000.</param>
    /// <param name="seed">The seed; the same seed gives the same persons.</param>
    /// <exception cref="IOException">The folder holds a data package of something else.</exception>
    public static Extract Register(string folder, int persons = 3_000, long seed = 1) => Load(folder, persons, seed, 1, "-register-");

    /// <summary>Writes a made-up cohort of a social-insatsgrupp, with a known effect, to a folder and loads it.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="persons">Persons, at least 40.</param>
    /// <param name="seed">The seed; the same seed gives the same persons.</param>
    /// <exception cref="IOException">The folder holds a data package of something else.</exception>
    public static Extract Cohort(string folder, int persons = 1_200, long seed = 1) =>
        Extract.Load(Path.Combine(folder, SyntheticFiles.WriteCohort(persons, folder, seed).Name));

    /// <summary>Writes a made-up panel of Stockholm to a folder, with schemas that say what it is, and loads it.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="persons">Persons in the last year, at least 1 000.</param>
    /// <param name="seed">The seed; the same seed gives the same persons.</param>
    /// <param name="years">Years, 2 to 7.</param>
    /// <exception cref="IOException">The folder holds a data package of something else.</exception>
    public static Extract Panel(string folder, int persons = 3_000, long seed = 1, int years = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 2);
        return Load(folder, persons, seed, years, "-panel-");
    }

    private static Extract Load(string folder, int persons, long seed, int years, string kind)
    {
        var written = SyntheticFiles.Write(SyntheticRegister.Make(persons, seed, years), folder, seed);
        return Extract.Load(Path.Combine(folder, written.Single(file => file.Name.Contains(kind, StringComparison.Ordinal)).Name));
    }
}
