using System.Globalization;
using Analys.Disclosure.Audit;
using Analys.Disclosure.CellKey;
using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;
using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>A table of counts that has passed disclosure control under a policy. Only <c>Of</c> makes one.</summary>
/// <remarks>Swedish: <i>utlämnad tabell</i>.</remarks>
internal sealed class ReleasedTable
{
    private readonly TableAudit? rounded;
    private readonly Lazy<TableAudit>? bounds;

    private ReleasedTable(ProtectionTable table, Policy policy, ProtectionRequirements? requirements, SuppressionResult? result,
        IReadOnlyList<string> notices, TableAudit? rounded = null)
    {
        this.rounded = rounded;
        // The verdict was given with the least work; every bound is looked for when somebody asks for the proof.
        if (result is not null)
            bounds = new(() => Auditor.Audit(result.Table, requirements!, result.Table.Cells.Count > Large
                ? AuditScope.PrimaryOnly : AuditScope.AllWithheld));
        Table = table;
        Policy = policy;
        Requirements = requirements;
        Result = result;
        Notices = notices;
    }

    /// <summary>The cells as they may be shown.</summary>
    public ProtectionTable Table { get; }

    /// <summary>The policy.</summary>
    public Policy Policy { get; }

    /// <summary>What the table withstands; null where nothing is withheld under the policy.</summary>
    public ProtectionRequirements? Requirements { get; }

    /// <summary>The suppression with its audit; null where nothing is withheld under the policy.</summary>
    public SuppressionResult? Result { get; }

    /// <summary>The proof: the bounds of withheld cells, or of rounded ones; null where neither is there.</summary>
    public TableAudit? Audit => bounds?.Value ?? rounded;

    /// <summary>What the reader must be told.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>Whether every withheld cell has the same mark.</summary>
    public bool HasOneMark => Requirements is { LegendTellsApart: false };

    /// <summary>Applies a policy to a table.</summary>
    /// <param name="table">The table with all its sums.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="confidentiality">Whether individuals stand behind it.</param>
    /// <param name="households">Whether households behind the cells are known.</param>
    /// <exception cref="ReleaseRefusedException">The policy does not allow it, or no pattern protects the table; the message names the
    /// cells.</exception>
    public static ReleasedTable Of(ProtectionTable table, Policy policy, Confidentiality confidentiality = Confidentiality.Confidential,
        bool households = false) =>
        Of(table, policy, confidentiality, households, known => known);

    /// <summary>Applies a policy to a table beside what the ledger remembers, and remembers it.</summary>
    /// <param name="table">The table with all its sums.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="ledger">What was released before.</param>
    /// <param name="identity">What its cells are called in other tables.</param>
    /// <param name="provenance">Where it came from.</param>
    /// <param name="confidentiality">Whether individuals stand behind it.</param>
    /// <param name="households">Whether households behind the cells are known.</param>
    /// <param name="question">How the table is asked for by other columns of the same rows; null where nobody can.</param>
    /// <exception cref="ReleaseRefusedException">The policy does not allow it, no pattern protects the table, or together with earlier
    /// releases a cell could be worked out.</exception>
    public static ReleasedTable Of(
        ProtectionTable table, Policy policy, Ledger ledger, CellIdentity identity, Provenance provenance,
        Confidentiality confidentiality = Confidentiality.Confidential, bool households = false, TableQuestion? question = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(provenance);
        using var hold = ledger.Hold();
        Func<string, string> name = identity.Of;
        var asked = table.Cells.Select(cell => cell.Id).ToHashSet(StringComparer.Ordinal);
        if (question is not null)
        {
            foreach (var file in provenance.Sources)
            {
                var origin = ledger.Sources(provenance with { Sources = [file] })[0];
                if (file.Persons is { } persons) (table, name) = RelatedColumns.With(table, name, question, ledger.Releases, origin,
                    persons);
            }
        }

        var released =
            Of(table, policy, confidentiality, households,
                marked => ledger.Sources(provenance).Aggregate(marked,
                    (known, source) => ledger.Releases.Known(known, name, source, policy.ToRequirements(households).Frequency)));
        if (released.Requirements is not { } requirements) throw Ledger.Incomparable(policy);
        ledger.Admit([(released.Table, name)], provenance, identity.ToString(), requirements, question?.Columns ?? identity.Columns,
            question is not null);
        return new(Of(released.Table, asked), policy, requirements, released.Result, released.Notices);
    }

    // What earlier releases told stands in the table for the attack, and is not printed again.
    private static ProtectionTable Of(ProtectionTable table, HashSet<string> asked)
    {
        if (table.Cells.Count == asked.Count) return table;
        var builder = new ProtectionTableBuilder { IsInteger = table.IsInteger };
        foreach (var cell in table.Cells.Where(cell => asked.Contains(cell.Id))) builder.Add(cell);
        foreach (var equation in table.Equations.Where(equation => equation.Parts.Append(equation.Total).All(cell =>
            asked.Contains(table.Cells[cell].Id))))
            builder.Equate(table.Cells[equation.Total].Id, equation.Parts.Select(part => table.Cells[part].Id), equation.Tolerance);
        return builder.Build();
    }

    /// <summary>Gives every count the noise of its cell's key.</summary>
    /// <param name="table">The table with all its sums, counts of persons.</param>
    /// <param name="policy">A policy with noise by cell keys.</param>
    /// <param name="keyOf">The key of each cell, totals too.</param>
    internal static ReleasedTable OfCellKeys(ProtectionTable table, Policy policy, Func<string, uint> keyOf)
    {
        if (policy.CellKey is not { } rule || !table.IsInteger) throw CellKeyTable.WithoutKeys(policy);
        var transition = rule.ToTable();
        // The sums of the true table hold for the printed one within the noise only.
        var noisy = WithNoise(table, new CellKeyNoise(rule.Bound));
        return new(
            noisy.Select(cell => cell with
            {
                Value = transition.Perturb((long)Math.Round(cell.Value), keyOf(cell.Id)),
                Contributions = null,
                Status = CellStatus.Published,
                Protection = null,
            }),
            policy, null, null,
            [string.Create(CultureInfo.InvariantCulture,
                $"every count may be off by up to {rule.Bound}; zeros are kept; totals are not exactly the sums of their parts")]);
    }

    private static ReleasedTable Of(ProtectionTable table, Policy policy, Confidentiality confidentiality, bool households,
        Func<ProtectionTable, ProtectionTable> know)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Unprotected) return new(table, policy, null, null, [Product.ConfidentialNotice]);
        if (policy.PublicOnly && confidentiality == Confidentiality.Public)
            return new(table, policy, null, null, ["released as it is: the source is public"]);
        if (policy.CellKey is not null) throw CellKeyTable.WithoutKeys(policy);
        var requirements = policy.ToRequirements(households);
        // An amount is judged by its contributors, not by its kronor.
        if (!table.IsInteger && table.Cells.Any(cell => cell.Contributions is not null))
            requirements =
                requirements
                with
                {
                    Rules = [new MinimumContributors(Math.Max(policy.Threshold, policy.LeastContributors)),
                    .. requirements.Rules.Where(rule => rule is not FrequencyThreshold and not MinimumContributors)]
                };
        if (policy.Rounding != CountRounding.None) return Rounded(PrimarySuppression.Apply(table, requirements.Rules), policy);
        var noise = policy.Noise > 0 ? new CellKeyNoise(policy.Noise) : null;
        if (noise is not null) table = WithNoise(table, noise);
        var notices = new List<string>();
        if (noise is not null) notices.Add("the source carries noise: totals are not exactly the sums of their parts");
        var marked = know(PrimarySuppression.Apply(table, requirements.Rules));
        if (!policy.Secondary)
            return new(marked, policy, null, null,
                [.. notices, "without secondary suppression: withheld cells may follow from the others"]);
        var result = Protect(marked, requirements);
        if (result.IsRefused && requirements.LegendTellsApart)
        {
            requirements = requirements with { LegendTellsApart = false };
            result = Protect(marked, requirements);
            notices.Add("one common mark for everything that is withheld: telling the rules apart would give cells away");
        }

        if (result.IsRefused)
        {
            throw new ReleaseRefusedException(
                "secondary-suppression", $"under the policy {policy.Name} no pattern protects these cells",
                [.. result.Unprotected.Concat(result.Audit.Failures.Select(failure => failure.Cell)).Distinct()]);
        }

        return new(result.Table, policy, requirements, result, notices);
    }

    private const int Large = 2_000;

    private static SuppressionResult Protect(ProtectionTable marked, ProtectionRequirements requirements)
    {
        // The exact method is for tables of a report's size; beyond, it would be cut short anyway.
        var cells = marked.Cells.Count;
        return SecondarySuppression.Protect(marked, requirements with { ExactCuts = cells > Large ? 0 : requirements.ExactCuts },
            AuditScope.VerdictOnly);
    }

    private static ReleasedTable Rounded(ProtectionTable table, Policy policy)
    {
        IReadOnlyList<AuditFailure> failed = [];
        if (policy.Rounding == CountRounding.City)
        {
            var totals = table.Equations.Select(equation => equation.Total).ToHashSet();
            // A total that is added up from what is shown tells nothing by itself.
            return Attempt(CitySums(table), "1 and 2 are shown as 0, 3 and 4 as 5; totals are the sums of what is shown", (shown, cell) =>
                totals.Contains(cell) ? (0, double.PositiveInfinity) : RoundingRule.BehindCityPractice(shown)) ?? throw Refused();
        }

        var @base = policy.Rounding == CountRounding.Base3 ? 3 : 5;
        var controlled = TableRounding.Controlled(table, @base);
        if (controlled.IsAdditive && Attempt(controlled.Values, $"counts are multiples of {@base}; totals are the sums of their parts",
            (shown, _) => RoundingRule.BehindControlled(shown, @base)) is { } additive) return additive;
        return Attempt(TableRounding.Independent(table, @base).Values,
            $"counts are multiples of {@base}; totals are not always the sums of their parts",
            (shown, _) => RoundingRule.BehindBase(shown, @base)) ?? throw Refused();

        ReleasedTable? Attempt(IReadOnlyList<double> values, string notice, Func<double, int, (double, double)> behind)
        {
            if (!table.IsInteger) return Made(values, notice, null);
            var audit = RoundingAudit.Of(table, [.. values.Select(behind)], policy.MinimumWidth);
            failed = audit.Failures;
            return audit.Passed ? Made(values, notice, audit) : null;
        }

        ReleasedTable Made(IReadOnlyList<double> values, string notice, TableAudit? audit)
        {
            var next = 0;
            return new(
                table.Select(cell => cell with
                {
                    Value = values[next++],
                    Contributions = null,
                    Status = CellStatus.Published,
                    Protection = null
                }), policy, null, null, [notice], audit);
        }

        ReleaseRefusedException Refused() =>
            new("rounding", $"under the policy {policy.Name} these counts would follow from the rounded ones",
                [.. failed.Select(failure => failure.Cell).Distinct()]);
    }

    // An exact total would give a rounded part away, so totals are added up again from what is shown.
    private static double[] CitySums(ProtectionTable table)
    {
        var totals = table.Equations.Select(equation => equation.Total).ToHashSet();
        var values = table.Cells.Select((cell, i) => totals.Contains(i) ? double.NaN : RoundingRule.CityPractice(cell.Value)).ToArray();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var equation in table.Equations)
            {
                if (!double.IsNaN(values[equation.Total]) || equation.Parts.Any(part => double.IsNaN(values[part]))) continue;
                values[equation.Total] = equation.Parts.Sum(part => values[part]);
                changed = true;
            }
        }

        return values;
    }

    private static ProtectionTable WithNoise(ProtectionTable table, CellKeyNoise noise)
    {
        var builder = new ProtectionTableBuilder { IsInteger = table.IsInteger };
        foreach (var cell in table.Cells) builder.Add(cell);
        foreach (var equation in table.Equations)
            noise.Equate(builder, table.Cells[equation.Total].Id, [.. equation.Parts.Select(part => table.Cells[part].Id)]);
        return builder.Build();
    }
}
