namespace Analys.Present.Figures;

/// <summary>The style sheet of figures, for the page that they stand in: which picture is shown at which width, and on paper.</summary>
public static class FigureStyle
{
    /// <summary>The rules, without a <c>style</c> element round them.</summary>
    public const string Css = """
        .figure{margin:2rem 0;max-width:52rem;font-family:Arial,"Liberation Sans",Helvetica,sans-serif;color:#16202a;break-inside:avoid}
        .figure svg{display:block;width:100%;height:auto}
        .figure svg.figure-narrow{display:none}
        .figure p{margin:.2rem 0}
        .figure-title{font-size:1.15rem;font-weight:bold;line-height:1.3}
        .figure-subtitle{color:#4a5663;font-size:.95rem;line-height:1.35}
        .figure figcaption{margin:0 0 .8rem}
        .figure-source,.figure-note,.figure-mark,.figure-link{color:#4a5663;font-size:.85rem;line-height:1.4;max-width:46rem}
        .figure-notice{color:#ffffff;background:#8a3b00;font-weight:bold;padding:.3rem .6rem}
        .figure-data summary{cursor:pointer;font-size:.85rem;color:#0b5687;padding:.5rem 0}
        .figure-link a{color:#0b5687}
        .figure-scroll{overflow-x:auto}
        .figure table{border-collapse:collapse;font-size:.85rem}
        .figure caption{text-align:left;padding:.2rem 0;color:#4a5663}
        .figure th,.figure td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #dfe3e8;vertical-align:top;font-weight:normal}
        .figure thead th{font-weight:bold;border-bottom:2px solid #6b7785}
        .figure .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .figure thead .number{white-space:normal}
        @media (max-width:600px){.figure svg.figure-wide{display:none}.figure svg.figure-narrow{display:block}}
        @media print{.figure svg.figure-wide{display:block}.figure svg.figure-narrow{display:none}.figure-link,.figure-data:not([open]){display:none}}
        """;
}
