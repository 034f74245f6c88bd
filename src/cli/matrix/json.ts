import type { MatrixReport } from './report.js';

export function matrixJson(report: MatrixReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
