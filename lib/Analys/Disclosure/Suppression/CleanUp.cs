namespace Analys.Disclosure;

/// <summary>Takes back the secondary suppressions that nothing rests on any more, the most expensive first.</summary>
internal static class CleanUp
{
    /// <summary>Publishes every withheld candidate that the others can do without.</summary>
    public static void Run(SuppressionSpace space, MoveSearch search)
    {
        search.IsTakingBack = true;
        foreach (var v in space.Candidates) if (!search.Withheld[v]) search.Allow(v, false);
        var order = space.Candidates.Where(v => search.Withheld[v]).OrderByDescending(v => space.Cost[v]).ThenBy(v => v).ToArray();
        foreach (var v in order)
        {
            var dropped = search.Pool.Drop(v);
            search.Allow(v, false);
            search.Withhold(v, false);
            if (Array.TrueForAll(space.Needs, search.Protect)) continue;
            search.Withhold(v, true);
            foreach (var move in dropped) search.Pool.Add(move);
        }
        foreach (var v in space.Candidates) search.Allow(v, true);
        search.IsTakingBack = false;
    }
}
