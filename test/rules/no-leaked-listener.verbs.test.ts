import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, findingsOf } = checksFor('no-leaked-listener');

describe('no-leaked-listener: other verbs', () => {
  const view = (add: [string, string], remove: string): string => `
import React from 'react';
import OrderStore from './order-store';
export class Orders extends React.Component {
  componentDidMount() {
    OrderStore.${add[0]};
    OrderStore.${add[1]};
  }
  componentWillUnmount() { OrderStore.${remove}; }
  onOpen = () => this.setState({});
  onShut = () => this.setState({});
}
`;

  it.each([
    ['listen and unlisten', ["listen('open', this.onOpen)", "listen('shut', this.onShut)"], "unlisten('open', this.onOpen)"],
    ['bind and unbind', ["bind('open', this.onOpen)", "bind('shut', this.onShut)"], "unbind('open', this.onOpen)"],
    ['subscribe and unsubscribe', ["subscribe('open', this.onOpen)", "subscribe('shut', this.onShut)"], "unsubscribe('open', this.onOpen)"],
    ['verbs that name the event', ['addOpenListener(this.onOpen)', 'addShutListener(this.onShut)'], 'removeOpenListener(this.onOpen)'],
  ] as const)('reports the one that is left: %s', (_what, [first, second], remove) => {
    expect(findingsOf(view([first, second], remove)).map((finding) => finding.replace(/ \S+:/, ' :'))).toEqual(['certain no-leaked-listener :6']);
  });

  it('is silent where all are taken away', () => {
    expectSilent(view(["listen('open', this.onOpen)", "listen('shut', this.onShut)"], "unlisten('open', this.onOpen); OrderStore.unlisten('shut', this.onShut)"));
    expectSilent(view(['addOpenListener(this.onOpen)', 'addShutListener(this.onShut)'], 'removeOpenListener(this.onOpen); OrderStore.removeShutListener(this.onShut)'));
  });

  it('is silent about a verb of which the file shows no counterpart on the same thing', () => {
    expectSilent(view(["listen('open', this.onOpen)", "listen('shut', this.onShut)"], 'save()'));
    expectSilent(view(["bind('open', this.onOpen)", "bind('shut', this.onShut)"], "save(); keys.unbind('open', this.onOpen)"));
    expectSilent("import app from './app';\nexport class Shop { open() { app.listen(PORT, this.ready); } ready = () => {}; close() { app.unlisten(); } }\n");
  });

  it('reports a store that hears of a component for ever', () => {
    expect(findingsOf(view(['addChangeListener(this.onOpen)', 'load()'], 'save()'))).toEqual(['certain no-leaked-listener OrderStore.addChangeListener:5']);
  });
});

describe('no-leaked-listener: what each call of a command adds', () => {
  const command = (inner: string, name = 'followLog', before = ''): string => `
import * as vscode from 'vscode';
${before}
export async function ${name}(source) {
  const session = await connect(source);
  follow(session, source);
  await session.ended;
}
function follow(session, source) {
  ${inner}
}
`;

  it('reports a listener that a hidden function adds for what its caller has made', () => {
    expectFindings(command('vscode.window.onDidChangeActiveTextEditor((editor) => session.show(editor)); //! likely no-leaked-listener vscode.window.onDidChangeActiveTextEditor'));
  });

  it.each([
    ['that is kept for the end', command('session.bag.push(vscode.window.onDidChangeActiveTextEditor((editor) => session.show(editor)));')],
    ['of a set-up', command('vscode.window.onDidChangeActiveTextEditor((editor) => session.show(editor));', 'activate')],
    ['for whoever asks for it by name', "import hub from './hub';\nexport const api = {};\napi.onRow = function (callback) { hub.on('row', (row) => callback(row)); };\n"],
    ['that knows nothing of the call', command('vscode.window.onDidChangeActiveTextEditor((editor) => show(editor));')],
    ['that the module adds, too', command('vscode.window.onDidChangeActiveTextEditor((editor) => session.show(editor));', 'followLog', 'follow(main, log);')],
  ])('is silent about one %s', (_what, code) => {
    expectSilent(code);
  });
});
