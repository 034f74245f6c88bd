import type { TSESTree } from '@typescript-eslint/utils';
import { callbackTime } from '../kinds/callbacks.js';
import { eventOfHandlerName, isEndingEvent, REGISTERS_LISTENER, ROUTE_METHODS } from '../kinds/events.js';
import { isProgramExit } from '../kinds/exits.js';
import { hasPath, isFunctionNode, keyName, lastName, literalText, memberName, parentOf, parseMethodCall, unwrap, wrapped, type CallLike, type MethodCall, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { Call, FunctionFact, Functions } from './functions.js';
import type { Places } from './places.js';
import type { Stores } from './stores.js';
import type { Trigger } from './triggers.js';

const SUBSCRIBES = /^(?:connect|subscribe)$/;
/** Events of which a table of listeners has at least one. */
const ENDS_OR_TELLS = /^(?:exit|close|end|disconnect|error|message|data)$/;

/** Who runs the functions that a file hands on, and at what occasion. */
export class Occasions {
  readonly #handed: Call[] = [];
  /** The places whose value is given to a route. */
  #routes: Set<string> | undefined;

  constructor(private readonly tree: Tree, private readonly places: Places, private readonly stores: Stores, private readonly functions: Pick<Functions, 'valueOf' | 'around'>, private readonly isShown: (call: CallLike) => boolean) {}

  /**
   * Notes where functions are handed on as values: that decides when they run.
   *
   * @returns the calls of those that are given by name to what calls them at once
   */
  note(): readonly Call[] {
    for (const call of [...this.tree.all('CallExpression'), ...this.tree.all('NewExpression')]) {
      call.arguments.forEach((argument, index) => {
        const fn = this.functions.valueOf(argument);
        if (fn) this.#noteArgument(fn, call, index);
      });
    }
    for (const assignment of this.tree.all('AssignmentExpression')) this.#noteAssignment(assignment);
    for (const table of this.tree.all('ObjectExpression')) this.#noteTable(table);
    for (const attribute of this.tree.all('JSXExpressionContainer')) {
      const fn = attribute.expression.type === 'JSXEmptyExpression' ? undefined : this.functions.valueOf(attribute.expression);
      if (fn) { fn.escapes = true; fn.ownTriggers.add('event'); }
    }
    for (const statement of this.tree.all('ReturnStatement')) if (statement.argument) this.#noteEscape(statement.argument);
    for (const arrow of this.tree.all('ArrowFunctionExpression')) if (arrow.body.type !== 'BlockStatement') this.#noteEscape(arrow.body);
    for (const array of this.tree.all('ArrayExpression')) for (const element of array.elements) if (element) this.#noteEscape(element);
    return this.#handed;
  }

  #noteAssignment(assignment: TSESTree.AssignmentExpression): void {
    const fn = this.functions.valueOf(assignment.right);
    const left = unwrap(assignment.left);
    if (!fn || left.type !== 'MemberExpression') return;
    fn.escapes = true;
    const name = memberName(left);
    const event = name === undefined ? undefined : eventOfHandlerName(name);
    if (event !== undefined && fn.method?.member.name !== name) {
      fn.registrations.push({ event, emitter: left.object, node: assignment });
      fn.ownTriggers.add(this.#occasionOf(event, left.object, fn));
    } else if (!fn.method) fn.ownTriggers.add('call');
  }

  #noteTable(table: TSESTree.ObjectExpression): void {
    const isTable = this.#isListenerTable(table);
    // `new Crawler({ requestHandler })`: whoever is given the table calls its functions when it likes.
    const taker = parentOf(wrapped(table));
    const isHandedOn = (taker?.type === 'CallExpression' || taker?.type === 'NewExpression') && !this.isShown(taker);
    for (const property of table.properties) {
      const fn = property.type === 'Property' ? this.functions.valueOf(property.value) : undefined;
      if (property.type !== 'Property' || !fn) continue;
      fn.escapes = true;
      const name = keyName(property);
      const event = name === undefined || isTable ? name : takesListener(fn) ? undefined : eventOfHandlerName(name);
      if (event !== undefined) {
        fn.registrations.push({ event, emitter: undefined, node: property });
        fn.ownTriggers.add('event');
      } else fn.ownTriggers.add(isHandedOn ? 'callback' : 'call');
    }
  }

  #noteEscape(node: Node): void {
    const fn = this.functions.valueOf(node);
    if (fn) { fn.escapes = true; fn.ownTriggers.add('call'); }
  }

  /**
   * A table of listeners: most of its functions bear the names of events, at
   * least one of an ending (`{ data: …, exit: … }`), and it is no class-like
   * object whose methods talk to each other through `this`.
   */
  #isListenerTable(table: TSESTree.ObjectExpression): boolean {
    const named = table.properties.flatMap((property) => {
      const name = property.type === 'Property' ? keyName(property) : undefined;
      return property.type === 'Property' && name !== undefined ? [{ name, value: property.value }] : [];
    });
    if (!named.some(({ name }) => ENDS_OR_TELLS.test(name))) return false;
    const names = named.filter(({ value }) => this.functions.valueOf(value)).map(({ name }) => name);
    if (!names.some((name) => ENDS_OR_TELLS.test(name))) return false;
    const holder = parentOf(wrapped(table));
    // What a factory returns are its methods, `open` and `close` among them.
    if (holder?.type === 'ReturnStatement' || holder?.type === 'ArrowFunctionExpression') return false;
    return /listener|handler|event|callback|socket|^on$|hooks/i.test(nameOfTable(holder)) || (names.some((name) => /^(?:exit|error|message|data|ready|drain)$/.test(name)) && names.filter((name) => /^(?:exit|close|end|disconnect|error|message|data|open|connect|ready|drain|spawn)$/.test(name)).length >= 2);
  }

  #noteArgument(fn: FunctionFact, call: CallLike, index: number): void {
    const method = parseMethodCall(call);
    const name = lastName(call.callee);
    const first = call.arguments[0];
    if (REGISTERS_LISTENER.has(name) && index > 0 && first) {
      fn.escapes = true;
      const event = literalText(unwrap(first)) ?? lastName(first);
      fn.ownTriggers.add(method ? this.#occasionOf(event, method.object, fn) : 'event');
      fn.registrations.push({ event, emitter: method?.object, node: call });
      return;
    }
    if (this.stores.isUpdater(fn.node)) {
      fn.inline = true;
      return;
    }
    const event = eventOfHandlerName(name) ?? (method && SUBSCRIBES.test(name) && index === 0 ? endingSignal(method.object) : undefined);
    if (event !== undefined) {
      fn.escapes = true;
      fn.ownTriggers.add('event');
      fn.registrations.push({ event, emitter: method?.object, node: call });
      return;
    }
    switch (callbackTime(name)) {
      case 'now':
      case 'soon': {
        const from = this.functions.around(call);
        // Given by name, it is called from here; written in place, it is a part of the function around it.
        if (unwrap(call.arguments[index] as Node) === fn.node) fn.inline = true;
        else this.#handed.push({ node: call, from, to: fn, receiver: undefined, ...(method && index === 0 ? { over: method.object } : {}) });
        break;
      }
      case 'timer':
        fn.escapes = true;
        fn.ownTriggers.add('timer');
        break;
      case 'unknown':
        fn.escapes = true;
        // `new Worker(…)`, `debounce(fn)`: whoever it is may call it at any time.
        fn.ownTriggers.add((method && takesRoute(method)) || this.#isRoute(call) ? 'request' : 'callback');
    }
  }

  /** Whether what a wrapper makes of a function is given to a route: `save = this.guarded((req, res) => …)`, `app.post('/save', this.save.bind(this))`. */
  #isRoute(wrapper: CallLike): boolean {
    if (!this.#routes) {
      this.#routes = new Set();
      for (const call of this.tree.all('CallExpression')) {
        const method = parseMethodCall(call);
        if (!method || !takesRoute(method)) continue;
        for (const argument of method.args.slice(1)) {
          const bound = parseMethodCall(unwrap(argument));
          const place = this.places.resolve(bound?.method === 'bind' ? bound.object : argument);
          if (place) this.#routes.add(this.places.key(place));
        }
      }
    }
    const destination = this.#routes.size > 0 ? this.places.destinationOf(wrapper) : undefined;
    return destination?.type === 'place' && this.#routes.has(this.places.key(destination.place));
  }

  /** What comes once in the life of a program says its start or its end; any other event may come again. */
  #occasionOf(event: string, emitter: Node, { node }: FunctionFact): Trigger {
    if (startsProgram(event, emitter)) return 'load';
    // All that a listener to a signal leaves behind is gone with the program, if it then exits.
    return endsProgram(event, emitter) || (isSignal(event, emitter) && this.tree.some(node, isProgramExit)) ? 'exit' : 'event';
  }
}

/** `app.on('ready', …)`, `window.addEventListener('load', …)`: the program or the page is there, and that comes once. */
function startsProgram(event: string, emitter: Node): boolean {
  return (/^(?:ready|will-finish-launching)$/.test(event) && hasPath(emitter, /(?:^|\.)app$/)) || (/^(?:load|DOMContentLoaded)$/.test(event) && hasPath(emitter, /^(?:window|document|globalThis|self)$/));
}

/** `app.on('will-quit', …)` of Electron, `process.on('exit', …)`: nothing comes behind it. */
function endsProgram(event: string, emitter: Node): boolean {
  return (/^(?:before-quit|will-quit|quit)$/.test(event) && hasPath(emitter, /(?:^|\.)app$/)) || (event === 'exit' && hasPath(emitter, /^process$/));
}

function isSignal(event: string, emitter: Node): boolean {
  return /^SIG[A-Z\d]+$/.test(event) && hasPath(emitter, /^process$/);
}

/** The name by which a table goes: of what it is given to, or of the call that takes it. */
function nameOfTable(holder: Node | undefined): string {
  if (holder?.type === 'VariableDeclarator') return lastName(holder.id);
  if (holder?.type === 'AssignmentExpression') return lastName(holder.left);
  return holder?.type === 'CallExpression' ? lastName(holder.callee) : '';
}

/** `{ onMessage: (callback) => … }`: it takes a listener, and is none. */
function takesListener({ node }: FunctionFact): boolean {
  const [first, ...others] = isFunctionNode(node) ? node.params : [];
  return first?.type === 'Identifier' && others.length === 0 && /^(?:cb|callback|listener|handler|fn|func|subscriber)$/.test(first.name);
}

/** `app.post('/orders', handler)`: the handler runs for a request to that route. */
function takesRoute({ method, args }: MethodCall): boolean {
  return (ROUTE_METHODS.has(method) || method === 'ws') && /^[/*]/.test(literalText(args[0]) ?? '');
}

/** The event of a signal that stands for an end: `widget.disposed.connect(fn)`. */
function endingSignal(node: Node): string | undefined {
  const inner = unwrap(node);
  const name = inner.type === 'MemberExpression' ? memberName(inner) : undefined;
  return name !== undefined && isEndingEvent(name) ? name : undefined;
}
