import { Project } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { toTransform } from '../../src/codemod/jscodeshift.js';
import { applyToProject } from '../../src/codemod/ts-morph.js';
import { keepIt, readToy, toyCodemod } from './toy-leaks.js';

describe('applyToProject', () => {
  it('repairs the files that have findings and tells of them', () => {
    const project = projectWith({ '/a.ts': 'leak(a);', '/b.ts': 'keep(b);', '/c.ts': '\uFEFFleak(c);\r\nx;\n' });
    const untouched = project.getSourceFileOrThrow('/b.ts').getStatements();
    const { repairs, unreadable } = applyToProject(project, [keepIt], { read: readToy });
    project.saveSync();
    expect([...repairs.keys()]).toEqual(['/a.ts', '/c.ts']);
    expect(unreadable.size).toBe(0);
    expect(project.getFileSystem().readFileSync('/c.ts')).toBe('\uFEFFkeep(c);\r\nx;\n');
    expect(untouched[0]?.wasForgotten()).toBe(false);
  });

  it('leaves alone what does not parse or may be misread', () => {
    const files = { '/a.ts': 'leak(a) @@', '/b.ts': "leak(b); '\uFFFD';" };
    const project = projectWith(files);
    const { repairs, unreadable } = applyToProject(project, [keepIt], { read: readToy });
    expect(repairs.size).toBe(0);
    expect([...unreadable]).toEqual([
      ['/a.ts', '/a.ts does not parse: unexpected @@'],
      ['/b.ts', expect.stringContaining('undecodable bytes')],
    ]);
    expect(project.getSourceFileOrThrow('/b.ts').getFullText()).toBe(files['/b.ts']);
  });
});

describe('toTransform', () => {
  const source = `export class Poller {
  constructor() {
    setInterval(() => this.poll(), 1000);
  }
  poll() {}
  dispose() {}
}
`;

  it('throws for what does not parse or may be misread', () => {
    const transform = toTransform(toyCodemod((symbol) => symbol));
    expect(() => transform({ path: 'a.ts', source: 'let x = ;' }, {}, {})).toThrow(/^a\.ts does not parse: .* \(line 1, column 9\)$/u);
    const kept = toTransform({ ...keepIt, plan: () => ({ edits: [{ start: source.indexOf('setInterval'), end: source.indexOf('  }\n'), text: '' }], safety: 'safe', notes: [] }) });
    expect(() => kept({ path: 'a.js', source: `${source}'\uFFFD';` }, {}, {})).toThrow(/undecodable bytes/u);
  });

  it('reports what it does not repair', () => {
    const reports: string[] = [];
    const transform = toTransform(toyCodemod(() => ({ refused: 'Not this one.' })));
    expect(transform({ path: 'a.js', source }, { report: (message) => reports.push(message) }, {})).toBeUndefined();
    expect(reports).toEqual(['line 3: Not this one. (leakproof fix tells more.)']);
  });
});

function projectWith(files: Record<string, string>): Project {
  const project = new Project({ useInMemoryFileSystem: true });
  for (const [path, text] of Object.entries(files)) project.getFileSystem().writeFileSync(path, text);
  project.addSourceFilesAtPaths('/*.ts');
  return project;
}
