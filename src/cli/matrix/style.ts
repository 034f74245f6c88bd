/** The look of the HTML page: light or dark as the reader has it, the names in sight while the rest scrolls. */
export const STYLE = `:root { color-scheme: light dark; --back: #fff; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --band: #f6f8fa; --link: #0550ae; --good: #116329; --part: #7d4e00; --bad: #b3121d; --bad-back: #ffebe9; --keep: #6639ba; --mark: #fff8c5; }
@media (prefers-color-scheme: dark) {
  :root { --back: #0d1117; --text: #f0f6fc; --soft: #9198a1; --line: #3d444d; --band: #151b23; --link: #79b8ff; --good: #56d364; --part: #e3b341; --bad: #ff7b72; --bad-back: #3c1618; --keep: #d2a8ff; --mark: #4b3a0b; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 100rem; padding: 1rem 1.5rem 50vh; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; }
h2 { margin-top: 2.5rem; font-size: 1.2rem; }
h3 { font-size: 1rem; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875em; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
summary:focus-visible, .line:focus-visible { outline-offset: -2px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 0; color: var(--soft); }
.legend div { display: flex; gap: .5rem; }
.legend dd { margin: 0; }
.legend dt { font-weight: 600; }
.scroll { overflow: auto; max-height: 90vh; margin: 1rem 0 2rem; border: 1px solid var(--line); border-radius: 6px; width: fit-content; max-width: 100%; }
table { border-collapse: separate; border-spacing: 0; }
caption { position: sticky; left: 0; padding: .5rem .75rem; text-align: left; font-weight: 600; width: fit-content; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); background: var(--back); text-align: center; font-weight: normal; }
tbody tr:hover > * { background: var(--band); }
thead th, thead td { position: sticky; top: 0; z-index: 1; vertical-align: bottom; }
thead th div { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 18rem; margin: 0 auto; text-align: left; overflow-wrap: anywhere; }
thead td, tbody th { position: sticky; left: 0; z-index: 1; text-align: left; border-right: 1px solid var(--line); overflow-wrap: anywhere; max-width: 24rem; }
thead td { z-index: 2; }
tbody .group th { background: var(--band); font-size: .8rem; font-weight: 600; color: var(--soft); max-width: none; }
.group span { position: sticky; left: .6rem; }
.kind { color: var(--soft); font-size: .8rem; }
td.note, th.note { text-align: left; color: var(--soft); white-space: nowrap; font-size: .875rem; }
td a { display: block; min-width: 1.5rem; font-weight: 700; }
td.note a { font-weight: normal; }
.released, .released a { color: var(--good); }
.sometimes, .sometimes a { color: var(--part); }
.skipped, .skipped a { color: var(--bad); }
td.skipped { background: var(--bad-back); }
.survives, .survives a { color: var(--keep); }
td.none { color: var(--soft); }
pre { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; padding: .5rem 0; tab-size: 4; }
.line { display: inline-block; min-width: 100%; padding-right: 1rem; scroll-margin-top: 30vh; }
.line:target { background: var(--mark); }
.number { display: inline-block; width: 4.5rem; padding-right: 1rem; text-align: right; color: var(--soft); user-select: none; }
.gap { display: block; padding-left: 3rem; color: var(--soft); }
.back { font-weight: normal; font-size: .875rem; margin-left: .5rem; }
@media print { .scroll { max-height: none; overflow: visible; } }
`;
