/**
 * The script of the HTML report: hides the findings that the form leaves out,
 * and keeps the form in the address, so that a view can be bookmarked. Runs in
 * the browser; the page names its hash, and no other script runs there.
 */
export const FILTER = `
'use strict';
const form = document.getElementById('filter');
if (form) {
  const fields = ['rule', 'folder', 'confidence', 'text'];
  const output = document.getElementById('count');
  const files = [...document.querySelectorAll('section.file')].map((section) => ({
    section,
    findings: [...section.querySelectorAll('details.finding')].map((finding) => ({
      finding,
      data: finding.dataset,
      text: (section.querySelector('h2').textContent + ' ' + finding.querySelector('summary').textContent).toLowerCase(),
    })),
  }));
  const total = files.reduce((sum, { findings }) => sum + findings.length, 0);
  const filter = () => {
    const [rule, folder, confidence, typed] = fields.map((name) => form.elements[name].value);
    const words = typed.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const { section, findings } of files) {
      let some = false;
      for (const { finding, data, text } of findings) {
        const fits = (!rule || data.rule === rule) && (!folder || data.folder === folder) && (!confidence || data.confidence === confidence) && words.every((word) => text.includes(word));
        if (finding.hidden === fits) finding.hidden = !fits;
        if (fits) { some = true; shown++; }
      }
      if (section.hidden === some) section.hidden = !some;
    }
    output.value = shown === total ? total + (total === 1 ? ' finding' : ' findings') : shown + ' of ' + total + ' findings';
  };
  const remember = () => {
    const view = new URLSearchParams(fields.map((name) => [name, form.elements[name].value]).filter(([, value]) => value));
    try { history.replaceState(null, '', '#' + view); } catch { /* A page without an address has nothing to keep. */ }
  };
  const recall = () => {
    if (!location.hash.includes('=')) return;
    const view = new URLSearchParams(location.hash.slice(1));
    for (const name of fields) form.elements[name].value = view.get(name) ?? '';
    filter();
  };
  form.addEventListener('input', () => { filter(); remember(); });
  form.addEventListener('reset', () => setTimeout(() => { filter(); remember(); }));
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', recall);
  form.hidden = false;
  filter();
  recall();
}
`;
