using Analys.Domain;

namespace Analys.Disclosure;

/// <summary>A table of counts that has passed disclosure control under a policy. Only <see cref="Of"/> makes one.</summary>
/// <remarks>Swedish: <i>utlämnad tabell</i>.</remarks>
public sealed class ReleasedTable
{
    private ReleasedTable(ProtectionTable table, Policy policy, ProtectionRequirements? requirements, SuppressionResult? result, IReadOnlyList<string> notices)
    {
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

    /// <summary>What the reader must be told.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>Whether every withheld cell has the same mark.</summary>
    public bool HasOneMark => Requirements is { LegendTellsApart: false };

    /// <summary>Applies a policy to a table.</summary>
    /// <param name="table">The table with all its sums.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="confidentiality">Whether individuals stand behind it.</param>
    /// <param name="households">Whether households behind the cells are known.</param>
    /// <exception cref="ReleaseRefusedException">The policy does not allow it, or no pattern protects the table; the message names the cells.</exception>
    public static ReleasedTable Of(ProtectionTable table, Policy policy, Confidentiality confidentiality = Confidentiality.Confidential, bool households = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Unprotected) return new(table, policy, null, null, [Product.ConfidentialNotice]);
        if (policy.PublicOnly && confidentiality == Confidentiality.Public) return new(table, policy, null, null, ["released as it is: the source is public"]);
        var requirements = policy.ToRequirements(households);
        // An amount is judged by its contributors, not by its kronor.
        if (!table.IsInteger && table.Cells.Any(cell => cell.Contributions is not null))
            requirements = requirements with { Rules = [new MinimumContributors(Math.Max(policy.Threshold, policy.LeastContributors)), .. requirements.Rules.Where(rule => rule is not FrequencyThreshold and not MinimumContributors)] };
        if (policy.Rounding != CountRounding.None) return Rounded(table, policy);
        var noise = policy.Noise > 0 ? new CellKeyNoise(policy.Noise) : null;
        if (noise is not null) table = WithNoise(table, noise);
        var notices = new List<string>();
        if (noise is not null) notices.Add("the source carries noise: totals are not exactly the sums of their parts");
        var marked = PrimarySuppression.Apply(table, requirements.Rules);
        if (!policy.Secondary) return new(marked, policy, null, null, [.. notices, "without secondary suppression: withheld cells may follow from the others"]);
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
                "secondary-suppression", $"under the policy {policy.Name} no pattern protects these cells", [.. result.Unprotected.Concat(result.Audit.Failures.Select(failure => failure.Cell)).Distinct()]);
        }

        return new(result.Table, policy, requirements, result, notices);
    }

    private static SuppressionResult Protect(ProtectionTable marked, ProtectionRequirements requirements)
    {
        // The exact method is for tables of a report's size; beyond, it would be cut short anyway.
        var cells = marked.Cells.Count;
        return SecondarySuppression.Protect(marked, requirements with { ExactCuts = cells > 2_000 ? 0 : requirements.ExactCuts }, cells > 2_000 ? AuditScope.PrimaryOnly : AuditScope.AllWithheld);
    }

    private static ReleasedTable Rounded(ProtectionTable table, Policy policy)
    {
        var notices = new List<string>();
        IReadOnlyList<double> values;
        if (policy.Rounding == CountRounding.City)
        {
            values = CitySums(table);
            notices.Add("1 and 2 are shown as 0, 3 and 4 as 5; totals are the sums of what is shown");
        }
        else
        {
            var @base = policy.Rounding == CountRounding.Base3 ? 3 : 5;
            var rounded = TableRounding.Controlled(table, @base);
            values = rounded.Values;
            notices.Add($"counts are multiples of {@base}{(rounded.IsAdditive ? "; totals are the sums of their parts" : "; totals are not always the sums of their parts")}");
        }

        var next = 0;
        return new(table.Select(cell => cell with { Value = values[next++], Contributions = null }), policy, null, null, notices);
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
        foreach (var equation in table.Equations) noise.Equate(builder, table.Cells[equation.Total].Id, [.. equation.Parts.Select(part => table.Cells[part].Id)]);
        return builder.Build();
    }
}
