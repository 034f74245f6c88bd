import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf, verdictsOf } = checksFor('no-leaked-listener');

describe('no-leaked-listener: routes', () => {
  const route = (open: string, more = ''): string => `
const Lamps = require('../lamps');
router.ws('/lamps', (socket) => {
  ${open}
  ${more}
});
`;

  it('reports what each connection adds to what the module has', () => {
    expectFindings(route("Lamps.on('switched', (lamp) => socket.send(lamp.name)); //! certain no-leaked-listener Lamps.on"));
  });

  it('is silent where the connection takes it away', () => {
    expectSilent(route('const tell = (lamp) => socket.send(lamp.name);', "Lamps.on('switched', tell);\n  socket.on('close', () => Lamps.removeListener('switched', tell));"));
  });

  it('is silent about what the connection itself has, and about an answer', () => {
    expectSilent(route("socket.on('message', (text) => console.log(text));"));
    expectSilent(route("https.get('/state', (answer) => answer.on('data', (chunk) => socket.send(chunk))).on('error', (error) => socket.send(error.message));").replace("const Lamps = require('../lamps');", "const https = require('https');"));
  });

  it('knows a class by its objects', () => {
    expectSilent(route("Lamps.on('switched', (lamp) => socket.send(lamp.name));", 'new Lamps();'));
  });
});

describe('no-leaked-listener: the executor of a promise', () => {
  const query = (event: string): string => `
const driver = require('driver');
exports.query = function (text) {
  return new Promise((resolve, reject) => {
    driver.${event}('error', (error) => { reject(error); });
    driver.connect().then((rows) => resolve(rows.filter(text)));
  });
};
`;

  it('reports a listener that holds what settles it', () => {
    expect(findingsOf(query('on'))).toEqual(['likely no-leaked-listener driver.on:4']);
  });

  it('is silent about one that the module adds once', () => {
    expectSilent("const driver = require('driver');\ndriver.on('error', (error) => { console.error(error); });");
  });
});

describe('no-leaked-listener: objects after the pattern of a framework', () => {
  const pattern = (removed: string, given = "AFRAME.registerComponent('pointer', {"): string => `
${given}
  addListeners() {
    const { el } = this;
    el.addEventListener('enter', this.show);
    el.addEventListener('leave', this.hide);
    el.addEventListener('press', this.mark);
  },
  removeEventListeners() {
    const { el } = this;
    ${removed}
  },
});
`;
  const TWO = "el.removeEventListener('enter', this.show); el.removeEventListener('leave', this.hide);";

  it('reports the one that is left', () => {
    expect(findingsOf(pattern(TWO)).map((finding) => finding.split(' ').slice(1).join(' '))).toEqual(['no-leaked-listener el.addEventListener:6']);
  });

  it('is silent where none is left, and where only one of three is taken away', () => {
    expectSilent(pattern(`${TWO} el.removeEventListener('press', this.mark);`));
    expectSilent(pattern("el.removeEventListener('enter', this.show);"));
  });

  it('is silent about the only object of its kind', () => {
    expectSilent(pattern(TWO, 'export const pointer = freeze({'));
  });
});

describe('no-leaked-listener: what a ref holds', () => {
  const effect = (dependencies: string, add = "box.addEventListener('scroll', () => onScroll(page));", before = 'const box = ref.current;'): string => `
import { useEffect, useRef, useState } from 'react';
export function Page({ onScroll, page }) {
  const ref = useRef(null);
  const [top, setTop] = useState(0);
  useEffect(() => {
    ${before}
    ${add}
  }${dependencies});
  return <div ref={ref} />;
}
`;

  it.each([
    ['no list of dependencies', ''],
    ['a property', ', [page]'],
    ['a state', ', [ref, top]'],
  ])('reports an effect that runs again: %s', (_what, dependencies) => {
    expect(findingsOf(effect(dependencies), 'src/page.tsx')).toEqual(['certain no-leaked-listener box.addEventListener:7']);
  });

  it.each([
    ['that runs once', ', []'],
    ['whose dependencies never change', ', [ref, setTop]'],
  ])('is silent about an effect %s', (_what, dependencies) => {
    expectSilent(effect(dependencies), 'src/page.tsx');
  });

  it('is silent where the effect takes it away, or makes what it listens to', () => {
    expectSilent(effect(', [page]', "const tell = () => onScroll(page);\n    box.addEventListener('scroll', tell);\n    return () => box.removeEventListener('scroll', tell);"), 'src/page.tsx');
    expectSilent(effect(', [page]', "ref.current.on('row', () => onScroll(page));", 'ref.current = connect(page);'), 'src/page.tsx');
  });

  it('is not certain where the ref is given to something else first, or all listeners go', () => {
    expectNothingCertain(effect(', [page]', "ref.current.on('hover', () => onScroll(page));", 'draw(ref.current, page);'), 'src/page.tsx');
    expectNothingCertain(effect(', [page]', "ref.current.on('hover', () => onScroll(page));", "ref.current.removeAllListeners('hover');"), 'src/page.tsx');
  });
});

describe('no-leaked-listener: objects that have no end', () => {
  const work = (name: string, listen = "this.client.on('error', (error) => this.fail(error));"): string => `
var ${name} = module.exports = function (client) {
  this.client = client;
  ${listen}
};
${name}.prototype.fail = function (error) { this.error = error; };
`;

  it('reports one for each piece of work, on what all of them share', () => {
    expect(findingsOf(work('Query'))).toEqual(['likely no-leaked-listener this.client.on:3']);
  });

  it('is silent about an object of which there may be one, and one that has nothing to do with it', () => {
    expectSilent(work('Panel'));
    expectSilent(work('Query', "this.client.on('error', (error) => console.error(error));"));
    expectSilent(work('Query', "this.client.once('end', () => this.fail(null));"));
  });
});

describe('no-leaked-listener: events that come once', () => {
  const added = (event: string): string => `
const hub = require('./hub');
exports.start = function (server) {
  server.on('${event}', () => { hub.on('saved', (row) => server.tell(row)); });
};
`;

  it.each(['listening', 'domReady', 'DOMReady'])('is not certain that %s adds another one', (event) => {
    expectNothingCertain(added(event));
  });

  it('still is certain of one that comes again', () => {
    expect(findingsOf(added('connection'))).toEqual(['certain no-leaked-listener hub.on:3']);
  });
});

describe('no-leaked-listener: a server that is told to listen, or fails', () => {
  const bind = (start: string): string => `
function bind(server, port) {
  return new Promise((resolve) => {
    const failed = (error) => { server.off('error', failed); resolve(error); };
    server.on('error', failed);
    server.listen(port, () => { server.off('error', failed); resolve(); });
  });
}
${start}
`;
  const outcomesOf = (start: string): string[] => verdictsOf(bind(start)).filter(({ reasons }) => reasons.some(({ code }) => code === 'other-outcome')).map(({ outcome }) => outcome);

  it('is not certain where the program does so once', () => {
    expect(outcomesOf("import { server } from './server.js'; void bind(server, 80);")).toEqual(['likely']);
  });

  it.each([
    ['it is tried again', "import { server } from './server.js'; for (const port of [80, 8080]) void bind(server, port);"],
    ['a request sets it going', "import { server, app } from './server.js'; app.get('/', () => bind(server, 80));"],
  ])('still is certain where %s', (_name, start) => {
    expect(outcomesOf(start)).toEqual(['certain']);
  });
});
