import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, type CodeAction, type Diagnostic, type ProtocolConnection, type WorkspaceEdit } from 'vscode-languageserver-protocol/node';

const SERVER = join(dirname(createRequire(import.meta.url).resolve('vscode-langservers-extracted/package.json')), 'bin', 'vscode-eslint-language-server');

/** What VS Code's ESLint extension sends when it is asked for its settings, all at their defaults. */
const SETTINGS = {
  validate: 'on',
  run: 'onType',
  quiet: false,
  onIgnoredFiles: 'off',
  options: {},
  rulesCustomizations: [],
  problems: { shortenToSingleLine: false },
  nodePath: null,
  workingDirectory: { mode: 'location' },
  experimental: {},
  useFlatConfig: true,
  codeActionOnSave: { mode: 'all' },
  codeAction: { disableRuleComment: { enable: true, location: 'separateLine' }, showDocumentation: { enable: true } },
};

/** An editor with one file open, in conversation with the language server of VS Code's ESLint extension. */
export class Editor {
  readonly #server: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #uri: string;
  readonly #text: string;

  constructor(folder: string, file: string, text: string) {
    this.#uri = pathToFileURL(join(folder, file)).href;
    this.#text = text;
    this.#server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#connection = createProtocolConnection(this.#server.stdout as NodeJS.ReadableStream, this.#server.stdin as NodeJS.WritableStream);
    this.#connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => ({ ...SETTINGS, workspaceFolder: { name: 'sample', uri: pathToFileURL(folder).href } })));
    this.#connection.onRequest('client/registerCapability', () => null);
    this.#connection.onRequest('eslint/confirmESLintExecution', () => 4);
    this.#connection.listen();
  }

  /** Opens the file and asks what is wrong with it. */
  async open(folder: string): Promise<Diagnostic[]> {
    const root = pathToFileURL(folder).href;
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: root,
      workspaceFolders: [{ name: 'sample', uri: root }],
      capabilities: { workspace: { configuration: true, workspaceFolders: true }, textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } } },
    });
    await this.#connection.sendNotification('initialized', {});
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument: { uri: this.#uri, languageId: 'typescript', version: 1, text: this.#text } });
    const { items } = await this.#connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: this.#uri } });
    return items;
  }

  /** What the light bulb offers at a diagnostic. */
  async actionsAt(diagnostic: Diagnostic): Promise<CodeAction[]> {
    return (await this.#connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', { textDocument: { uri: this.#uri }, range: diagnostic.range, context: { diagnostics: [diagnostic] } })) ?? [];
  }

  /** The text of the file once the action has been taken. */
  async after(action: CodeAction): Promise<string> {
    const applied = new Promise<WorkspaceEdit>((resolve) => {
      this.#connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
        resolve(edit);
        return { applied: true };
      });
    });
    if (action.edit) return this.#applied(action.edit);
    await this.#connection.sendRequest('workspace/executeCommand', { command: action.command?.command ?? '', arguments: action.command?.arguments });
    return this.#applied(await applied);
  }

  close(): void {
    this.#connection.dispose();
    this.#server.kill();
  }

  #applied({ documentChanges = [], changes = {} }: WorkspaceEdit): string {
    const edits = [...documentChanges.flatMap((change) => ('edits' in change ? change.edits : [])), ...Object.values(changes).flat()];
    const lineStarts = [0, ...[...this.#text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
    const offset = ({ line, character }: { line: number; character: number }): number => (lineStarts[line] ?? 0) + character;
    return edits
      .flatMap((edit) => ('range' in edit && 'newText' in edit ? [{ start: offset(edit.range.start), end: offset(edit.range.end), text: edit.newText }] : []))
      .sort((left, right) => right.start - left.start)
      .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), this.#text);
  }
}
