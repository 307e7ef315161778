using Analys.Database.Contract;

namespace Analys.Database.Pushed;

/// <summary>Finds quantiles of all domains at once by rounds of counting queries: weights between pivots come back, never an income.</summary>
internal static class QuantileSearch
{
    // 64 bits of a double, at least one a round and mostly seven; beyond it something is wrong with the source.
    private const int MostRounds = 80;

    /// <summary>Fills in the requests.</summary>
    /// <returns>The number of rounds.</returns>
    public static int Run(IAggregateSource source, SourceFrame frame, IReadOnlyCollection<QuantileRequest> requests, CancellationToken cancel)
    {
        for (var round = 0; ; round++)
        {
            var open = requests.Where(request => !request.IsDone).GroupBy(request => request.Scope).ToArray();
            if (open.Length == 0) return round;
            if (round == MostRounds) throw new InvalidOperationException("The counts of the source contradict each other: does somebody write to the table?");
            var queries = open.Select(scope => Ask(source, frame, scope.Key, [.. scope])).ToArray();
            var answers = source.Answer(frame, queries, cancel);
            for (var i = 0; i < open.Length; i++)
            {
                foreach (var request in open[i])
                {
                    var pivots = queries[i].Pivots[request.Domain]!;
                    request.Learn(pivots, answers[i][request.Domain] ?? new double[2 * (pivots.Length + 1)]);
                }
            }
        }
    }

    private static BinQuery Ask(IAggregateSource source, SourceFrame frame, Scope scope, QuantileRequest[] requests)
    {
        var pivots = new double[]?[frame.Domains(scope)];
        var domains = requests.GroupBy(request => request.Domain).ToArray();
        var most = source.Fineness(domains.Length);
        foreach (var domain in domains)
        {
            var some = new SortedSet<double>();
            var each = Math.Max(1, most / domain.Count());
            foreach (var request in domain) request.AddPivots(each, some);
            pivots[domain.Key] = [.. some];
        }

        return new BinQuery(scope, pivots);
    }
}
