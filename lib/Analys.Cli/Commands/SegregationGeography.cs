using System.CommandLine;
using Analys.Load;
using Analys.Measure.Segregation;

namespace Analys.Cli.Commands;

/// <summary>The options of <c>analys segregation</c> that say where the units lie.</summary>
internal sealed class SegregationGeography
{
    private readonly Option[] options = [];

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => options;

    /// <summary>Whether the call says where the units lie.</summary>
    public bool IsGiven(ParseResult call) => options.Any(option => call.GetResult(option) is { Implicit: false });

    /// <summary>The arguments with the geography of the call's units.</summary>
    public MeasureArguments AddTo(MeasureArguments arguments, ParseResult call, Extract extract, GroupCounts counts) =>
        IsGiven(call) ? throw new CallException("There is no geography yet.") : arguments;
}
