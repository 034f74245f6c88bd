import type { Console } from '../console.js';
import type { Format } from '../formats.js';
import { pageOfRule } from '../page-of-rule.js';
import type { Report } from '../report.js';
import { Details, type Wants } from './details.js';

/** What must be gathered for a format while files are judged. */
export function detailsFor(format: Format, verbose: boolean): Details {
  const wants: Partial<Record<Format, Wants>> = {
    stylish: { sources: verbose },
    sarif: { edits: true },
    html: { sources: true, matrices: true },
  };
  return new Details(wants[format] ?? {});
}

/** The text of a report. Only the format that is asked for is loaded, with its libraries. */
export async function render(report: Report, format: Format, details: Details, verbose: boolean, output: Console): Promise<string> {
  switch (format) {
    case 'stylish':
      return (await import('./stylish.js')).stylish(report, details, verbose, output.paint);
    case 'json':
      return (await import('./json.js')).json(report);
    case 'sarif':
      return (await import('./sarif.js')).sarif(report, details, pageOfRule);
    case 'github':
      return (await import('./github.js')).github(report, process.env['GITHUB_WORKSPACE']);
    case 'html':
      return (await import('./html.js')).html(report, details);
    case 'markdown':
      return (await import('./markdown.js')).markdown(report);
  }
}
