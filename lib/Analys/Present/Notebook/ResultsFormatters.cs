using System.Net;
using Analys.Domain;

namespace Analys.Present.Notebook;

/// <summary>Shows unreleased <see cref="Results"/> in a notebook: never a figure, but the way to release them.</summary>
public sealed class ResultsFormatters() : FormatterSource(
    new Formatter("text/html", value => value is Results results ? $"<p><em>{WebUtility.HtmlEncode(Refusal(results))}</em></p>" : null),
    new Formatter("text/plain", value => value is Results results ? Refusal(results) : null))
{
    private static string Refusal(Results results) => Texts.Of(Language.Swedish).Get(
        "figure.unreleased", ("count", Numbers.NumberFormat.For(Language.Swedish).Number(results.Count)));
}
