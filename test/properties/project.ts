import fc from 'fast-check';
import { programs, textOf, type Program } from './programs.js';

/** A folder of some programs that do something to each other. */
export interface Project {
  readonly files: Readonly<Record<string, string>>;
  /** The names of its sources in an order of chance. */
  readonly order: readonly string[];
}

/** Each program stands in a file of its own, beside a collection that it exports and one that it fills. */
export const projects: fc.Arbitrary<Project> = fc.array(programs, { minLength: 3, maxLength: 6 }).chain((all) => {
  const files = Object.fromEntries(all.map((program, index) => [`src/part-${index}.js`, fileOf(program, index, all.length)]));
  const names = Object.keys(files);
  return fc.shuffledSubarray(names, { minLength: names.length }).map((order) => ({ files: { ...files, 'package.json': '{ "private": true, "type": "module" }' }, order }));
});

function fileOf(program: Program, index: number, count: number): string {
  const next = (index + 1) % count;
  const links = `import { shared${next} } from './part-${next}.js';\nexport const shared${index} = new Map();\nexport function tell${index}(guestId, guest) {\n  shared${next}.set(guestId, guest);\n${index % 2 === 0 ? '' : `  guest.on('exit', () => shared${next}.delete(guestId));\n`}}\n`;
  return links + textOf(program);
}
