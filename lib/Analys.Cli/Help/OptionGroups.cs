using System.CommandLine;

namespace Analys.Cli.Help;

/// <summary>What an option is about.</summary>
internal enum OptionGroup
{
    /// <summary>What is read, and how.</summary>
    Input,

    /// <summary>What is computed.</summary>
    What,

    /// <summary>Who or which areas are counted, and how they are divided.</summary>
    Who,

    /// <summary>Intervals, tests and random numbers.</summary>
    Uncertainty,

    /// <summary>Disclosure control.</summary>
    Protection,

    /// <summary>What is written, and where.</summary>
    Output,
}

/// <summary>In which group of the help an option stands, and whether short help shows it. An option that is not named here stands under
/// what is
/// computed; one that comes from a measure of the catalogue is shown by <c>--help-all</c> only.</summary>
internal static class OptionGroups
{
    // A plus is for what few calls need.
    private static readonly Dictionary<string, (OptionGroup Group, bool Advanced)> Known = Read(
        (OptionGroup.Input, """
            --schema --sheet+ --table+ --source+ --timeout+ --encoding+ --header-rows+ --where --period --merge+ --into --select
            --query --api+ --language:fetch+ --language:convert --cache+ --offline+ --refresh+ --max-age+ --geometry --id+ --crs+
            --adjacency+ --x:segregation+ --y:segregation+ --area:segregation+ --perimeter+ --repair+ --income --weight
            --household --stratum+ --cluster+ --person+ --transfers+ --housing-cost+ --support-months+ --replicate-weights+ --data
            --root+ --hierarchy+ --norm-file+ --recipe --public --population-means+ --covariate-file+ --sources+ --sex+ --woman+
            --outcome:poverty+ --outcome:inequality+ --unit --outcome --time --start --treated --covariates --estimate --variance
            --events --rank --value --budget --variables:typology --variables:regress --x:chart --y:chart --role --key --margins
            --connection-file --reform+ --from
            """),
        (OptionGroup.Who, """
            --ages --age --by --age-groups+ --groups --group --count --total --within+ --group-order+ --pairs+ --area --areas
            --newborn+ --population+ --dimensions --complement+ --contributors+ --amount+ --highlight --compare+ --poorest+
            --comparison --reference --exposure+ --persons --years --oldest-child+ --household:whatif+
            """),
        (OptionGroup.Uncertainty, """
            --replicates --seed --level --interval+ --null+ --tail+ --replicate-kind+ --inference+ --detect+ --lonely+ --errors
            --correlation+ --simulations+ --simulation-seed+
            """),
        (OptionGroup.Protection, """
            --policy --confidential --ledger --another-source+ --coarsen --audit+ --seed-file+ --cell-key+ --anonymity --quasi+
            --sensitive+ --secure
            """),
        (OptionGroup.Output, """
            --format --out --save-weights+ --language --title --explain --wide --width+ --quiet+ --pdf --size --date+ --kind
            --color --directory+ --formulas+
            """),
        (OptionGroup.What, """
            --measures --line --norm-year --difference+ --by-unit+ --quantiles+ --poor+ --nonpositive+ --negative+
            --missing-income+ --housing-line+ --anchor+ --prices+ --alpha+ --epsilon+ --p+ --q+ --change+ --decompose+ --shapley+
            --housing-norm+ --housing-monthly+ --electricity+ --childcare+ --local-travel+ --union+ --home-insurance+
            --lunch-deduction+ --ratio+ --replacement+ --caliper+ --growth+ --dominance+ --cutoff+ --substitution+
            --dimensions:poverty+
            --dimensions:inequality+ --equivalence+ --nu+ --renyi-order+ --kappa+ --share-from+ --share-to+ --identification+
            --pareto-tail+ --rank-power+ --affluence+ --concave-beta+ --convex-beta+ --deprivation-power+ --cutpoints+ --classes+
            --uprate+ --norm-acts+ --large-family-factor+ --housing-allowance-limit+
            """));

    // What the options of measures are called: asked for only where nothing else is known of an option.
    private static readonly Lazy<HashSet<string>> OfMeasures = new(() =>
        [.. Measures.All.SelectMany(measure => measure.Options).Select(option => "--" + option.Name)]);

    /// <summary>The group of a command's option.</summary>
    public static OptionGroup Of(string command, Option option) => Find(command, option.Name)?.Group ?? OptionGroup.What;

    /// <summary>Whether only <c>--help-all</c> shows it.</summary>
    public static bool IsAdvanced(string command, Option option) => !option.Required
        && (Find(command, option.Name)?.Advanced ?? (command == "segregation" && OfMeasures.Value.Contains(option.Name)));

    /// <summary>Whether an option that all commands have means anything to this one.</summary>
    public static bool Concerns(Command command, Option option) => option.Name switch
    {
        "--where" or "--period" or "--merge" or "--encoding" or "--header-rows" =>
            !option.Recursive || command.Options.Any(own => own.Name is "--schema" or "--sheet") || command.Name == "panel",
        Remedies.Coarsen => command.Options.Any(own => own.Name == "--policy"),
        "--wide" or "--width" => command.Options.Any(own => own.Name is "--format"),
        _ => true,
    };

    private static (OptionGroup Group, bool Advanced)? Find(string command, string name) =>
        Known.TryGetValue($"{name}:{command}", out var own) ? own : Known.TryGetValue(name, out var general) ? general : null;

    private static Dictionary<string, (OptionGroup, bool)> Read(params ReadOnlySpan<(OptionGroup Group, string Names)> groups)
    {
        var known = new Dictionary<string, (OptionGroup, bool)>(StringComparer.Ordinal);
        foreach (var (group, names) in groups)
        {
            foreach (var name in names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
                known[name.TrimEnd('+')] = (group, name.EndsWith('+'));
        }

        return known;
    }
}
