import type { TSESTree } from '@typescript-eslint/utils';
import { isFunctionNode, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { Lines } from '../../src/codemod/writing/code-writer.js';
import { indentationAt } from '../../src/codemod/writing/indentation.js';
import { writeIntoTeardown } from '../track-timers/teardown.js';
import { declareDurations } from './durations.js';
import type { ClassHome, PrototypeHome, ScopeHome } from './home.js';
import { closeCode, startCode, sweepCode, touchCode, type Code } from './code.js';
import type { Calls } from './stamps.js';
import type { Sweep } from './sweep.js';
import { saysPublic } from '../release-in-teardown/new-teardown.js';

/** Writes the sweep with its interval and its end, where the collection lives; refuses where there is no place for them. */
export function writeSweep(sweep: Sweep, calls: Calls): Refusal | undefined {
  const { home, stop, names, writer } = sweep;
  if ('fn' in stop) writeIntoTeardown(stop.fn, [`clearInterval(${names.prefix}${names.interval})${writer.style.semicolon}`], writer);
  const isOutside = stop.type === 'outside';
  declareDurations(sweep, isOutside ? [`let ${names.interval}${writer.style.typed ? ': ReturnType<typeof setInterval> | undefined' : ''}${writer.style.semicolon}`] : []);
  switch (home.type) {
    case 'class':
      return writeIntoClass(sweep, home, calls);
    case 'prototype':
      return writeIntoPrototype(sweep, home, calls);
    case 'scope':
      return writeIntoScope(sweep, home, calls);
  }
}

/** The interval: its handle is kept by `target`, as in `this.sessionSweep` or `const sessionSweep`. */
function startLines({ names, release, durations, unref, writer }: Sweep, target: string, access: string): Lines {
  const { semicolon } = writer.style;
  const call = `${names.prefix}${names.sweep}`;
  const callback = release?.isAsync ? `() => void ${call}()` : names.prefix === '' ? call : `() => ${call}()`;
  return [`${target} = setInterval(${callback}, ${durations.sweepEvery.access})${semicolon}`, ...(unref === '' ? [] : [`${access}${unref}${semicolon}`])];
}

// Classes

function writeIntoClass(sweep: Sweep, home: ClassHome, calls: Calls): Refusal | undefined {
  const { names, stop, release, writer } = sweep;
  const { typed, semicolon } = writer.style;
  const { node, constructor } = home;
  const access = `this.${names.interval}`;
  const start = startLines(sweep, access, access);
  const restart = stop.type === 'inside' ? stop.restart : undefined;
  if (!restart && !constructor && node.superClass) return { refused: `${home.owner.name} has no constructor of its own in which its sweep could be started.` };

  const members = node.body.body;
  const lastField = lastFieldOf(members, typed);
  const isHidden = !names.interval.startsWith('#') && typed ? 'private ' : '';
  const fields = [
    ...(typed ? [`${isHidden}${restart ? '' : isHidden === '' ? '' : 'readonly '}${names.interval}${restart ? '?' : ''}: ReturnType<typeof setInterval>${semicolon}`] : [`${names.interval}${semicolon}`]),
    ...(release?.isAsync ? [`${isHidden}${names.isSweeping} = false${semicolon}`] : []),
  ];
  const constructing = restart || constructor ? [] : ['', 'constructor() {', ...start.map((line) => writer.style.indent + line), '}'];
  if (lastField) writer.under(lastField, [...fields, ...constructing]);
  else if (restart || !constructor) return { refused: `${home.owner.name} declares no fields beside which that of the sweep could stand.` };
  const first = !lastField && release?.isAsync ? [`this.${names.isSweeping} = false${semicolon}`] : [];
  if (restart) writeAtStart(restart.node, [`clearInterval(${access})${semicolon}`, ...start], sweep);
  else if (constructor?.value.body) writeAtEnd(constructor.value.body, [...first, ...start], sweep);

  const methods = [...(stop.type === 'none' ? [stopCode(sweep)] : []), ...codes(sweep, calls)];
  const lastMember = members.at(-1);
  if (!lastMember) return { refused: `${home.owner.name} has no members.` };
  writer.under(lastMember, methods.flatMap((code) => ['', ...asMethod(code, isHidden, typed && saysPublic(node) ? 'public ' : '', sweep)]));
  return undefined;
}

/** The field under which others go. JavaScript that declares none at the start of its class assigns them in the constructor. */
function lastFieldOf(members: ClassHome['node']['body']['body'], typed: boolean): Node | undefined {
  const firstOther = members.findIndex((member) => member.type !== 'PropertyDefinition');
  const leading = firstOther === -1 ? members : members.slice(0, firstOther);
  return leading.findLast((member) => member.type === 'PropertyDefinition' && !isFunctionNode(member.value)) ?? (typed ? members.findLast((member) => member.type === 'PropertyDefinition') : undefined);
}

/** A way to stop the sweep of an object that had no end so far. It ends nothing else, and does not say so. */
function stopCode({ collection, names, writer }: Sweep): Code {
  return { comment: `Stops the sweep of ${collection.name}; call it when the object is no longer used.`, name: names.stop, params: '', returns: 'void', isAsync: false, isPublic: true, body: [`clearInterval(this.${names.interval})${writer.style.semicolon}`] };
}

function asMethod({ comment, name, params, returns, isAsync, isPublic, body }: Code, hidden: string, shown: string, { writer }: Sweep): Lines {
  const { typed, indent } = writer.style;
  return [`/** ${comment} */`, `${isPublic ? shown : hidden}${isAsync ? 'async ' : ''}${name}(${params})${typed ? `: ${returns}` : ''} {`, ...body.map((line) => indent + line), '}'];
}

function writeAtStart(fn: Node, lines: Lines, { writer }: Sweep): void {
  if (isFunctionNode(fn)) writer.atStartOf(fn.body, lines);
}

function writeAtEnd(body: TSESTree.BlockStatement, lines: Lines, { writer }: Sweep): void {
  const last = body.body.at(-1);
  if (last) writer.under(last, lines);
  else writer.atStartOf(body, lines);
}

// Constructor functions

function writeIntoPrototype(sweep: Sweep, home: PrototypeHome, calls: Calls): Refusal | undefined {
  const { names, stop, release, writer, facts } = sweep;
  const { indent, semicolon } = writer.style;
  if (facts.tree.all('VariableDeclaration').every(({ kind }) => kind === 'var')) return { refused: 'The file is written for engines that know no `const`, which the sweep is written with.' };
  const access = `this.${names.interval}`;
  const restart = stop.type === 'inside' ? stop.restart : undefined;
  const start = startLines(sweep, access, access);
  writeAtEnd(home.node.body, [...(release?.isAsync ? [`this.${names.isSweeping} = false${semicolon}`] : []), ...(restart ? [] : start)], sweep);
  if (restart) writeAtStart(restart.node, [`clearInterval(${access})${semicolon}`, ...start], sweep);
  const methods = [...(stop.type === 'none' ? [stopCode(sweep)] : []), ...codes(sweep, calls)];
  const name = home.node.id?.name ?? home.owner.name;
  writer.under(home.node, methods.flatMap((code) => ['', `/** ${code.comment} */`, `${name}.prototype.${code.name} = ${code.isAsync ? 'async ' : ''}function (${code.params}) {`, ...code.body.map((line) => indent + line), `}${semicolon}`]));
  return undefined;
}

// Modules and factories

function writeIntoScope(sweep: Sweep, home: ScopeHome, calls: Calls): Refusal | undefined {
  const { names, stop, release, collection, writer, facts } = sweep;
  const { semicolon } = writer.style;
  const offered = home.isModule && stop.type === 'none' ? offerStop(sweep, home) : undefined;
  const isLate = stop.type === 'outside' || stop.type === 'empty';
  const start = startLines(sweep, isLate ? names.interval : `const ${names.interval}`, names.interval);
  const interval = stop.type === 'empty' ? [`let ${names.interval}${writer.style.typed ? ': ReturnType<typeof setInterval> | undefined' : ''}${semicolon}`] : start;
  const functions = [...(stop.type === 'empty' ? [startCode(sweep, start)] : []), ...codes(sweep, calls), ...(offered ? [offered] : [])];
  const lines = [
    '',
    ...(stop.type === 'none' && !offered ? [`// Nothing here ends ${collection.name}: the interval goes on as long as the program, which it does not keep alive.`] : []),
    ...(stop.type === 'empty' ? [`// Nothing here tells when ${home.fn.name === '' ? 'this' : `${home.fn.name}()`} is undone: the interval runs only while ${collection.name} has entries.`] : []),
    ...(release?.isAsync ? [`let ${names.isSweeping} = false${semicolon}`] : []),
    ...(stop.type === 'outside' ? [`clearInterval(${names.interval})${semicolon}`] : []),
    ...interval,
    ...functions.flatMap((code) => ['', ...asFunction(code, sweep)]),
  ];
  const { last, next } = declarationsFrom(home.statement, facts.tree.childrenOf(home.statement.parent as Node), facts.model.text);
  const hasBlank = next === undefined || /\n[^\S\n]*\r?\n/u.test(facts.model.text.slice(last.range[1], next.range[0]));
  writer.under(last, hasBlank ? lines : [...lines, '']);
  return undefined;
}

/** The last of the declarations that follow one without a blank line, and what comes then. */
function declarationsFrom(statement: Node, all: readonly Node[], text: string): { readonly last: Node; readonly next: Node | undefined } {
  let index = all.indexOf(statement);
  for (; index + 1 < all.length; index++) {
    const between = text.slice(all[index]?.range[1], all[index + 1]?.range[0]);
    const declaration = all[index + 1]?.type === 'ExportNamedDeclaration' ? (all[index + 1] as TSESTree.ExportNamedDeclaration).declaration : all[index + 1];
    if (declaration?.type !== 'VariableDeclaration' || !/^[^\n]*\n[^\n]*$/u.test(between) || /[{[]\s*$/u.test(text.slice(declaration.range[0], text.indexOf('\n', declaration.range[0])))) break;
  }
  return { last: all[index] ?? statement, next: all[index + 1] };
}

function codes(sweep: Sweep, calls: Calls): Code[] {
  return [...(sweep.age.type === 'stamps' ? [touchCode(sweep, calls)] : []), sweepCode(sweep)];
}

function asFunction({ comment, name, params, returns, isAsync, isPublic, body }: Code, { writer, facts }: Sweep): Lines {
  const { typed, indent } = writer.style;
  const isModule = facts.model.ast.sourceType === 'module' && facts.model.ast.body.some((statement) => /^(?:Import|Export)/u.test(statement.type));
  return [`/** ${comment} */`, `${isPublic && isModule ? 'export ' : ''}${isAsync ? 'async ' : ''}function ${name}(${params})${typed ? `: ${returns}` : ''} {`, ...body.map((line) => indent + line), '}'];
}

/** A function by which a module lets others stop its sweep; undefined where it shows nothing to others, or a framework decides what it may show. */
function offerStop(sweep: Sweep, home: ScopeHome): Code | undefined {
  const { facts, writer } = sweep;
  const { ast, path } = facts.model;
  if (/(?:^|[\\/])(?:app|pages|routes)[\\/](?:.*[\\/])?(?:\+?(?:route|page|layout|server|middleware|loading|error)|\[[^\\/]*\]|index|_\w+)(?:\.server)?\.[cm]?[jt]sx?$/u.test(path)) return undefined;
  const code = closeCode(sweep);
  if (ast.body.some((statement) => statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration')) return code;
  const shown = ast.body.find((statement) => statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression' && pathText(statement.expression.left) === 'module.exports');
  const object = shown?.type === 'ExpressionStatement' && shown.expression.type === 'AssignmentExpression' ? unwrap(shown.expression.right) : undefined;
  const last = object?.type === 'ObjectExpression' ? object.properties.at(-1) : undefined;
  if (last && home.isModule) {
    const isOnOwnLine = facts.model.text.slice(object?.range[0], last.range[0]).includes('\n');
    writer.insert(last.range[1], isOnOwnLine ? `,\n${indentationAt(facts.model.text, last.range[0])}${code.name}` : `, ${code.name}`);
    return code;
  }
  const single = ast.body.findLast((statement) => statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression' && /^(?:module\.)?exports\.\w+$/u.test(pathText(statement.expression.left) ?? ''));
  if (!single) return undefined;
  const prefix = single.type === 'ExpressionStatement' && single.expression.type === 'AssignmentExpression' ? (pathText(single.expression.left) ?? '').replace(/\.\w+$/u, '') : '';
  writer.under(single, [`${prefix}.${code.name} = ${code.name}${writer.style.semicolon}`]);
  return code;
}
