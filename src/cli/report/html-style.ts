/** The look of the HTML report, besides that of the matrix, whose colours it shares. */
export const REPORT_STYLE = `
[hidden] { display: none !important; }
.overview { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: flex-start; }
.overview .scroll { max-height: 24rem; }
.overview td { font-variant-numeric: tabular-nums; text-align: right; }
.overview thead th { font-size: .8rem; color: var(--soft); }
.overview thead th:first-child { text-align: left; }
#filter { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .75rem 0; background: var(--back); border-bottom: 1px solid var(--line); }
#filter label { display: flex; gap: .4rem; align-items: center; color: var(--soft); font-size: .875rem; }
#filter select, #filter input, #filter button { font: inherit; font-size: .875rem; color: var(--text); background: var(--band); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .5rem; max-width: 18rem; }
#filter output { margin-left: auto; color: var(--soft); font-size: .875rem; }
.file { content-visibility: auto; contain-intrinsic-size: auto 8rem; }
.file h2 { margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
.finding, .matrix, .aside { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; scroll-margin-top: 5rem; }
.finding > summary, .matrix > summary, .aside > summary { padding: .5rem .75rem; cursor: pointer; }
.finding > summary:hover, .matrix > summary:hover { background: var(--band); }
.finding[open] > summary { border-bottom: 1px solid var(--line); }
.finding > :not(summary), .matrix > :not(summary) { margin-left: .75rem; margin-right: .75rem; }
.finding h3 { margin-top: .75rem; margin-bottom: 0; }
.finding ol, .finding ul { margin-top: .25rem; margin-bottom: .5rem; padding-left: 1.5rem; }
.place { color: var(--soft); font-variant-numeric: tabular-nums; }
.finding .message { display: block; margin-top: .15rem; overflow-wrap: anywhere; }
.certain, .likely { font-weight: 600; font-size: .8rem; padding: 0 .4rem; border: 1px solid currentColor; border-radius: 1rem; }
.certain { color: var(--bad); }
.likely { color: var(--part); }
.line.missing { background: var(--bad-back); box-shadow: inset 3px 0 var(--bad); }
.line.acquired { background: var(--mark); box-shadow: inset 3px 0 var(--part); }
.line.other { background: var(--band); box-shadow: inset 3px 0 var(--line); }
.tag { margin-left: 1.5rem; font: .8rem/1 system-ui, sans-serif; color: var(--soft); }
.missing .tag { color: var(--bad); font-weight: 600; }
.acquired .tag { color: var(--part); font-weight: 600; }
footer { margin-top: 3rem; color: var(--soft); font-size: .875rem; }
`;
