import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, scanJson } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();

describe('scan', () => {
  it('says nothing and succeeds where nothing leaks', async () => {
    folder.write({ 'src/a.ts': CLEAN });
    expect(await leakproof(folder, 'scan')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('reports a finding and exits with 1', async () => {
    folder.write({ 'src/a.ts': leakyClass() });
    const { status, stdout, stderr } = await leakproof(folder, 'scan', 'src');
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(stdout).toContain('src/a.ts\n  3:5  error  leakproof/no-untracked-timer\n');
    expect(stdout).toContain('1 finding (1 certain, 0 likely) in 1 file.\n');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('shows the reasons on request', async () => {
    folder.write({ 'a.ts': leakyClass() });
    expect((await leakproof(folder, 'scan', '--verbose')).stdout).toMatch(/^ {6}1\. .+ \(line \d+\)$/m);
  });

  it('prints findings as JSON', async () => {
    folder.write({ 'src/a.ts': leakyClass() });
    const report = await scanJson(folder, 'src');
    expect(Object.keys(report)).toEqual(['version', 'root', 'files', 'findings', 'suppressed', 'skipped', 'durationMs']);
    expect(report).toMatchObject({ version: '0.1.0', root: folder.path, files: 1, suppressed: [], skipped: [] });
    expect(report.findings).toHaveLength(1);
    const [finding] = report.findings;
    expect(finding).toMatchObject({
      rule: 'no-untracked-timer',
      kind: 'interval',
      file: 'src/a.ts',
      line: 3,
      column: 5,
      endLine: 3,
      symbol: 'setInterval',
      owner: 'Poller',
      confidence: 'certain',
    });
    expect(finding?.message).toMatch(/Poller.*\.$/);
    expect(finding?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(finding?.reasons.length).toBeGreaterThan(0);
    for (const reason of finding?.reasons ?? []) {
      expect(reason).toEqual({ text: expect.any(String) as string, file: 'src/a.ts', line: expect.any(Number) as number, column: expect.any(Number) as number });
    }
    expect(finding?.repair).toSatisfy((repair: object) => 'codemod' in repair !== 'refused' in repair);
  });

  it('is deterministic and sorted', async () => {
    folder.write({ 'b.ts': leakyClass('B'), 'a/z.ts': leakyClass('Z'), 'a.ts': leakyClass('A') + leakyClass('A2') });
    const without = async () => ({ ...(await scanJson(folder, '.')), durationMs: 0 });
    const first = await without();
    expect(await without()).toEqual(first);
    expect(first.findings.map(({ file, line }) => [file, line])).toEqual([
      ['a.ts', 3],
      ['a.ts', 10],
      ['a/z.ts', 3],
      ['b.ts', 3],
    ]);
  });

  it('counts columns from behind a byte order mark, and lines that end as in Windows', async () => {
    folder.write({ 'a.ts': `\uFEFF${leakyClass().replaceAll('\n', '\r\n')}` });
    expect((await scanJson(folder)).findings).toMatchObject([{ line: 3, column: 5 }]);
    folder.write({ 'a.ts': '\uFEFFsetInterval(() => tick(), 1000);' });
    for (const { line, column } of (await scanJson(folder, '--confidence', 'likely')).findings) expect([line, column]).toEqual([1, 1]);
  });

  it('writes the report to a file', async () => {
    folder.write({ 'a.ts': leakyClass() });
    expect(await leakproof(folder, 'scan', '--format', 'json', '--output-file', 'report.json')).toEqual({ status: 1, stdout: '', stderr: '' });
    expect(JSON.parse(folder.read('report.json'))).toHaveProperty('files', 1);
  });

  it('calls what a ref holds by the name of the ref', async () => {
    folder.write({ 'desk.tsx': `export function Desk({ socket }) {
  const drafts = useRef(new Map());
  useEffect(() => {
    socket.on('draft', ({ sessionId, text }) => drafts.current.set(sessionId, text));
  }, [socket]);
  return <List />;
}
` });
    const { findings } = await scanJson(folder, '--confidence', 'likely', '--rule', 'no-unbounded-collection');
    expect(findings).toMatchObject([{ symbol: 'drafts', message: expect.stringContaining("'drafts'") as string }]);
    expect(findings[0]?.message).not.toContain('drafts.drafts');
  });

  it('judges only the rules asked for', async () => {
    folder.write({ 'a.ts': leakyClass() });
    expect((await scanJson(folder, '--rule', 'no-unbounded-collection')).findings).toEqual([]);
    expect((await scanJson(folder, '--rule', 'no-unbounded-collection', '--rule', 'leakproof/no-untracked-timer')).findings).toHaveLength(1);
  });

  it('takes a path outside the working directory for a root of its own', async () => {
    folder.write({ 'here/x.ts': CLEAN, 'there/src/a.ts': leakyClass(), 'there/.gitignore': 'b.ts', 'there/b.ts': leakyClass() });
    const here = { path: `${folder.path}/here` };
    expect(await scanJson(here, '../there')).toMatchObject({ root: `${folder.path}/there`, files: 1, findings: [{ file: 'src/a.ts' }] });
    expect(await scanJson(here, '../there', '.')).toMatchObject({ root: here.path, files: 2, findings: [{ file: '../there/src/a.ts' }] });
  });

  it('reports tests only when named', async () => {
    folder.write({ 'a.test.ts': leakyClass(), 'test/b.ts': leakyClass('B') });
    expect((await scanJson(folder, '.')).files).toBe(0);
    expect((await scanJson(folder, 'a.test.ts', 'test')).findings).toHaveLength(2);
  });

  it('tells on request how much it read', async () => {
    folder.write({ 'a.ts': CLEAN, 'b.ts': `// @generated\n${CLEAN}` });
    const { stdout, stderr } = await leakproof(folder, 'scan', '--stats');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^1 file, 8 lines, 1 generated file left out, \d+\.\d s, \d+ MB at the peak\.\n$/);
  });
});

describe('a likely finding', () => {
  /** It fires once and soon, which leaves a doubt. */
  const likely = leakyClass().replace('setInterval', 'setTimeout').replace('60_000', '5_000');

  it('is a warning, shown on request, and no failure', async () => {
    folder.write({ 'a.ts': likely });
    expect(await leakproof(folder, 'scan')).toMatchObject({ status: 0, stdout: '' });
    const { status, stdout } = await leakproof(folder, 'scan', '--confidence', 'likely');
    expect(stdout).toContain('  3:5  warning  leakproof/no-untracked-timer');
    expect(status).toBe(0);
  });

  it('is a failure beyond --max-warnings', async () => {
    folder.write({ 'a.ts': likely });
    expect((await leakproof(folder, 'scan', '--confidence', 'likely', '--max-warnings', '1')).status).toBe(0);
    expect((await leakproof(folder, 'scan', '--confidence', 'likely', '--max-warnings', '0')).status).toBe(1);
  });
});

describe('settings', () => {
  it('switch a rule off, unless it is asked for', async () => {
    folder.write({ 'a.ts': leakyClass(), 'leakproof.json': '{ "rules": { "no-untracked-timer": "off" } }' });
    expect((await scanJson(folder)).findings).toEqual([]);
    expect((await scanJson(folder, '--rule', 'no-untracked-timer')).findings).toHaveLength(1);
  });

  it('allow names', async () => {
    folder.write({ 'a.ts': leakyClass(), 'leakproof.json': '{ "rules": { "no-untracked-timer": { "allow": ["Poller.setInterval"] } } }' });
    expect((await scanJson(folder)).findings).toEqual([]);
  });

  it('ignore files', async () => {
    folder.write({ 'old/a.ts': leakyClass(), 'package.json': '{ "leakproof": { "ignore": ["old"] } }' });
    expect((await scanJson(folder)).files).toBe(0);
    expect((await scanJson(folder, 'old')).files).toBe(1);
  });

  it('knows the resources that the settings name', async () => {
    folder.write({
      'line.ts': 'import { Channel } from \'./channels.js\';\nexport class Line {\n  #channel = new Channel();\n  #timer = setInterval(() => this.#channel.send(), 1000);\n  close() { clearInterval(this.#timer); }\n}\n',
      'leakproof.json': '{ "resources": [{ "id": "channel", "acquire": ["new Channel"], "release": ["giveBack"] }] }',
    });
    const { findings } = await scanJson(folder);
    expect(findings).toMatchObject([{ rule: 'no-orphaned-resource', kind: 'channel', symbol: '#channel', line: 3, message: expect.stringContaining("call 'giveBack' in 'close'") as string }]);
  });

  it('are refused in one sentence if they are wrong', async () => {
    folder.write({ 'a.ts': CLEAN, 'leakproof.json': '{ "rulez": {} }' });
    expect(await leakproof(folder, 'scan')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'leakproof.json: "rulez" is no setting; known are rules, cleanupFunctions, timers, resources, ignore, codemods.\n',
    });
  });
});

describe('fingerprints', () => {
  const fingerprintsOf = async (files: Record<string, string>) => {
    folder.write(files);
    return (await scanJson(folder, ...Object.keys(files))).findings.map(({ fingerprint }) => fingerprint);
  };

  it('survive moved lines, another path and another format', async () => {
    const [original] = await fingerprintsOf({ 'a.ts': leakyClass() });
    expect(await fingerprintsOf({ 'b/c.ts': `// above\n\n${leakyClass()}` })).toEqual([original]);
    expect(await fingerprintsOf({ 'd.ts': leakyClass().replace('(() => this.tick(), 60_000)', '(\n      () => this.tick(),\n      60_000,\n    )') })).toEqual([original]);
    expect(await fingerprintsOf({ 'e.ts': leakyClass().replace('setInterval(', 'setInterval(/* beats */ ') })).toEqual([original]);
  });

  it('differ for different things, and for the same thing twice', async () => {
    const twice = leakyClass().replace('60_000);', '60_000);\n    setInterval(() => this.tick(), 60_000);\n    setInterval(() => this.tock(), 60_000);');
    const fingerprints = await fingerprintsOf({ 'a.ts': twice });
    expect(fingerprints).toHaveLength(3);
    expect(new Set(fingerprints).size).toBe(3);
  });
});
