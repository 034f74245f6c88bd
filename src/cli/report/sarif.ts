import { pathToFileURL } from 'node:url';
import type { CodeFlow, Fix, Location, Notification, PhysicalLocation, ReportingDescriptor, Result, Suppression } from 'sarif';
import { rules } from '../../../rules/index.js';
import type { LeakRule } from '../../../rules/leak-rule.js';
import type { RuleId } from '../../core/index.js';
import { name as packageName, pageOf } from '../../plugin/package.js';
import { BASELINE } from '../baseline.js';
import type { PlacedEdit, Report, ReportedFinding, SkippedFile, SuppressedFinding } from '../report.js';
import { SUPPRESSIONS_FILE } from '../suppressions-file.js';
import type { Details } from './details.js';
import { describeRelated } from './roles.js';

/** The name under which all paths are given, as GitHub and CodeQL name it. */
const ROOT = '%SRCROOT%';

/**
 * The report as SARIF 2.1.0, for GitHub code scanning and editors: with the
 * argument as a code flow, the repairs as fixes, and the pages of the rules.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @param pageOfRule the page of a rule in Markdown
 */
export function sarif(report: Report, { edits }: Details, pageOfRule: (rule: RuleId) => string | undefined): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'leakproof',
            semanticVersion: report.version,
            informationUri: `https://www.npmjs.com/package/${packageName}`,
            rules: rules.map((rule) => descriptor(rule, pageOfRule(rule.id))),
          },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.skipped.map(skippedNotice) }],
        originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(report.root).href.replace(/\/$/, '')}/` } },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r', '\u2028', '\u2029'],
        results: [
          ...report.findings.map((finding) => result(finding, edits.get(finding))),
          ...report.suppressed.map((finding) => ({ ...result(finding), suppressions: [suppression(finding)] })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, description }: LeakRule, page: string | undefined): ReportingDescriptor {
  const words = id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return {
    id,
    name: words.join(''),
    shortDescription: { text: `${description.charAt(0).toUpperCase()}${description.slice(1)}.` },
    helpUri: pageOf(id),
    help: { text: `See ${pageOf(id)}, or run: leakproof explain ${id}`, ...(page === undefined ? {} : { markdown: page }) },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['reliability', 'memory-leak'], precision: 'high', 'problem.severity': 'error' },
  };
}

function result(finding: ReportedFinding, edits?: readonly PlacedEdit[]): Result {
  const { rule, file, line, column, endLine, endColumn, symbol, owner, confidence, message, related, reasons, fingerprint } = finding;
  const place = physical(file, { startLine: line, startColumn: column, endLine, endColumn });
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: confidence === 'certain' ? 'error' : 'warning',
    message: { text: message },
    locations: [{ physicalLocation: place, logicalLocations: [{ name: symbol, fullyQualifiedName: owner === '' ? symbol : `${owner}.${symbol}` }] }],
    partialFingerprints: { 'leakproof/v1': fingerprint },
    ...(related.length > 0 ? { relatedLocations: related.map((one, index) => ({ id: index + 1, ...location(one, describeRelated(one)) })) } : {}),
    ...(reasons.length > 0 ? { codeFlows: [argument(finding)] } : {}),
    ...(edits ? { fixes: [fix(finding, edits)] } : {}),
    properties: { kind: finding.kind, confidence, repair: finding.repair },
  };
}

/** The steps of the argument, in order. */
function argument({ reasons }: ReportedFinding): CodeFlow {
  return { threadFlows: [{ locations: reasons.map((reason) => ({ location: location(reason, reason.text) })) }] };
}

function fix({ file, repair }: ReportedFinding, edits: readonly PlacedEdit[]): Fix {
  const replacements = edits.map(({ start, end, text }) => ({
    deletedRegion: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
    insertedContent: { text },
  }));
  const text = 'codemod' in repair ? `Repair by ${repair.codemod}${repair.safety === 'review' ? ', which wants a look' : ''}.` : '';
  return { description: { text }, artifactChanges: [{ artifactLocation: { uri: uriOf(file), uriBaseId: ROOT }, replacements }] };
}

function suppression({ by, reason }: SuppressedFinding): Suppression {
  const kind = by === BASELINE || by === SUPPRESSIONS_FILE ? 'external' : 'inSource';
  return { kind, status: 'accepted', justification: reason === '' ? by : `${by}: ${reason}` };
}

function skippedNotice({ file, line, column, reason }: SkippedFile): Notification {
  const region = line === undefined ? undefined : { startLine: line, ...(column === undefined ? {} : { startColumn: column }) };
  return { level: 'warning', message: { text: `The file ${reason}; it was skipped.` }, locations: [{ physicalLocation: physical(file, region) }] };
}

function location({ file, line, column }: { file: string; line: number; column: number }, text: string): Location {
  return { physicalLocation: physical(file, { startLine: line, startColumn: column }), message: { text } };
}

function physical(file: string, region: PhysicalLocation['region']): PhysicalLocation {
  return { artifactLocation: { uri: uriOf(file), uriBaseId: ROOT }, ...(region ? { region } : {}) };
}

/** A relative path as a relative URI; half a surrogate pair, which no URI can hold, becomes the replacement character. */
function uriOf(file: string): string {
  return file.replace(/\p{Surrogate}/gu, '\uFFFD').split('/').map(encodeURIComponent).join('/');
}
