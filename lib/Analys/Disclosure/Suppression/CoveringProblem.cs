namespace Analys.Disclosure.Suppression;

/// <summary>The cheapest set of items that hits every cut: branch and bound with a dual bound.</summary>
/// <remarks>
/// The bound raises a price for each uncovered cut as far as the items in it can bear (dual ascent). Swedish: <i>övertäckningsproblem</i>.
/// </remarks>
internal sealed class CoveringProblem
{
    private const int NodeLimit = 4_000;
    private readonly double[] cost;
    private readonly List<int[]> cuts = [];
    private readonly bool[] taken;
    private readonly bool[] banned;
    private readonly double[] residual;
    private readonly int[] items;
    private int[] best = [];
    private double bestCost;
    private int nodes;

    public CoveringProblem(int[] items, double[] cost)
    {
        this.items = items;
        this.cost = cost;
        taken = new bool[cost.Length];
        banned = new bool[cost.Length];
        residual = new double[cost.Length];
    }

    /// <summary>No set that hits every cut costs less.</summary>
    public double LowerBound { get; private set; }

    /// <summary>The last answer is a cheapest one.</summary>
    public bool IsProven { get; private set; }

    /// <summary>Adds a cut; a cut that contains an earlier one says nothing new, one within it replaces it.</summary>
    public void Add(int[] cut)
    {
        var set = cut.ToHashSet();
        if (cuts.Exists(set.IsSupersetOf)) return;
        cuts.RemoveAll(set.IsSubsetOf);
        var at = cuts.FindIndex(other => other.Length > cut.Length);
        cuts.Insert(at < 0 ? cuts.Count : at, cut);
    }

    /// <summary>Solves the master problem.</summary>
    public int[] Solve()
    {
        Array.Clear(taken);
        Array.Clear(banned);
        nodes = 0;
        var root = DualBound(out _);
        best = Greedy();
        bestCost = Sum(best);
        Branch(0);
        IsProven = nodes <= NodeLimit;
        LowerBound = IsProven ? bestCost : root;
        return best;
    }

    private double Sum(int[] set)
    {
        var sum = 0.0;
        foreach (var item in set) sum += cost[item];
        return sum;
    }

    private void Branch(double paid)
    {
        if (++nodes > NodeLimit) return;
        var bound = paid + DualBound(out var uncovered);
        if (bound >= bestCost - 1e-9 * Math.Max(1, bestCost)) return;
        if (uncovered is null)
        {
            best = [.. items.Where(item => taken[item])];
            bestCost = paid;
            return;
        }
        // One of the cut's items is taken; those tried before are then known not to be.
        var options = uncovered.Where(item => !banned[item]).OrderBy(item => cost[item]).ThenBy(item => item).ToArray();
        foreach (var item in options)
        {
            taken[item] = true;
            Branch(paid + cost[item]);
            taken[item] = false;
            banned[item] = true;
        }
        foreach (var item in options) banned[item] = false;
    }

    // The sum of the prices, and the uncovered cut with the fewest items left; infinite when a cut can no longer be hit.
    private double DualBound(out int[]? uncovered)
    {
        uncovered = null;
        var fewest = int.MaxValue;
        cost.CopyTo(residual, 0);
        var sum = 0.0;
        foreach (var cut in cuts)
        {
            var least = double.PositiveInfinity;
            var left = 0;
            var covered = false;
            foreach (var item in cut)
            {
                if (taken[item])
                {
                    covered = true;
                    break;
                }
                if (banned[item]) continue;
                left++;
                if (residual[item] < least) least = residual[item];
            }
            if (covered) continue;
            if (left < fewest) (fewest, uncovered) = (left, cut);
            if (left == 0) return double.PositiveInfinity;
            if (least <= 0) continue;
            foreach (var item in cut) if (!banned[item]) residual[item] -= least;
            sum += least;
        }
        return sum;
    }

    private int[] Greedy()
    {
        var chosen = new List<int>();
        var open = cuts.ToList();
        while (open.Count > 0)
        {
            var count = new Dictionary<int, int>();
            foreach (var cut in open) foreach (var item in cut) count[item] = count.GetValueOrDefault(item) + 1;
            var pick = count.OrderBy(pair => cost[pair.Key] / pair.Value).ThenBy(pair => pair.Key).First().Key;
            chosen.Add(pick);
            open.RemoveAll(cut => cut.Contains(pick));
        }
        return [.. chosen];
    }
}
