import type { Report } from '../report.js';

/** The report for programs; its shape is published as `schema/report.schema.json`. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
