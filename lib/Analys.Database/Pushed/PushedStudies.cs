using Analys.Database.Sql;
using Analys.Domain;
using Analys.Measure.Income;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>Studies of persons who stay where they are, as analysts ask for them, in the command and in notebooks alike.</summary>
internal static class PushedStudies
{
    /// <summary>The measures of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="chosen">Which measures.</param>
    /// <param name="choices">The choices of the study.</param>
    /// <param name="isPoverty">Whether measures of poverty are meant where none are named; else of inequality.</param>
    /// <param name="leftOut">Is told what a source cannot answer, where all are asked for; null to leave it out silently.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="NotPushedException">A named measure needs the rows themselves.</exception>
    public static Results Run(IAggregateSource source, ChosenMeasures chosen, StudyChoices choices, bool isPoverty,
        Action<IncomeMeasure>? leftOut, CancellationToken cancel)
    {
        if (chosen.Swedish is [var id, ..]) throw new NotPushedException($"{id}: households are held against the norm one by one.");
        return SourceAddress.Guarded(() =>
        {
            var push = new PushedStudy(source, choices.Columns(chosen.NeedsIncome), cancel);
            var there = choices.Study(push.Persons);
            var measures = chosen.Income ?? [.. IncomeStudies.All(choices, there.Persons, isPoverty).Where(CanRun)];
            var panels = chosen.Income is null && isPoverty && push.CanFollow ? PanelMeasures.All : chosen.Panels;
            if (measures.Count == 0 && panels.Count == 0)
                throw new CallException("The columns allow no measure: name the income with --income.");
            var figures = push.Run(there, measures);
            if (panels.Count > 0) figures = figures.Concat(push.RunPanel(there, panels));
            return choices.WithDecompositions(there, figures, alpha => push.Decompose(there, alpha, choices.Epsilon), alphas =>
                push.Shapley(there, alphas));

            bool CanRun(IncomeMeasure measure)
            {
                if (push.CanRun(there, measure)) return true;
                leftOut?.Invoke(measure);
                return false;
            }
        });
    }
}
