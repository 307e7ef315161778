namespace Analys.Present.Report;

/// <summary>The style sheet of the page: for a desk, a phone and paper.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light}
        *{box-sizing:border-box}
        body{margin:0;background:#fff;color:#16202a;font:1.0625rem/1.6 Arial,"Liberation Sans",Helvetica,sans-serif}
        main,footer{max-width:54rem;margin:0 auto;padding:0 1.25rem}
        header{border-bottom:3px solid #0b5687;padding:2.5rem 0 1rem;margin-bottom:1.5rem}
        h1{font-size:2.1rem;line-height:1.2;margin:0}
        h2{font-size:1.5rem;line-height:1.25;margin:3rem 0 .75rem;padding-top:.5rem;border-top:1px solid #c9d1d9}
        h3{font-size:1.15rem;margin:2rem 0 .25rem}
        p{margin:.6rem 0;max-width:44rem}
        .subtitle{color:#4a5663;font-size:1.15rem;margin:.3rem 0 1rem}
        .lead{font-size:1.125rem;margin:.3rem 0}
        .notice{background:#8a3b00;color:#fff;font-weight:bold;padding:.6rem .9rem;max-width:none}
        nav ol{list-style:none;padding:0;margin:0;columns:2;column-gap:2rem}
        nav li{break-inside:avoid;padding:.2rem 0}
        a{color:#0b5687}
        .key{list-style:none;margin:1rem 0;padding:0;display:grid;gap:1px;background:#c9d1d9;border:1px solid #c9d1d9}
        .key li{background:#fff;padding:.9rem 1rem;display:grid;grid-template-columns:11rem 1fr;gap:1rem;align-items:baseline}
        .key strong{font-size:1.5rem;line-height:1.2;color:#0b5687}
        .scroll{overflow-x:auto;margin:1rem 0}
        table.report{border-collapse:collapse;font-size:.95rem;line-height:1.4}
        table.report caption{text-align:left;font-weight:bold;padding:.3rem 0}
        table.report th,table.report td{text-align:left;vertical-align:top;padding:.4rem 1rem .4rem 0;border-bottom:1px solid #dfe3e8;font-weight:normal}
        table.report thead th{font-weight:bold;border-bottom:2px solid #6b7785}
        table.report tbody th{min-width:9rem}
        table.report .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        table.report thead .number{white-space:normal}
        footer{color:#4a5663;font-size:.875rem;border-top:1px solid #c9d1d9;margin-top:3rem;padding-bottom:2rem}
        @media (max-width:600px){
        body{font-size:1rem}
        h1{font-size:1.6rem}
        h2{font-size:1.3rem}
        nav ol{columns:1}
        .key li{grid-template-columns:1fr;gap:.2rem}
        table.report{font-size:.875rem}
        table.report th,table.report td{padding-right:.6rem}
        }
        @media print{
        @page{margin:18mm}
        body{font-size:10.5pt}
        main,footer{max-width:none;padding:0}
        nav{display:none}
        h2,h3{break-after:avoid}
        table.report tr,.key li{break-inside:avoid}
        .scroll{overflow:visible}
        a{color:inherit;text-decoration:none}
        }
        """;
}
