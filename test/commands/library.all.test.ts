// `packet-tutor/core` as others get it: the page's examples run and fit its types, without Node, in its own words and no one else's.
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {createContext, Script} from 'node:vm';
import {build} from 'esbuild';
import {describe, expect, test} from 'vitest';
import {
  decodeFrame,
  digestOf,
  dissect,
  encodeFrame,
  encodePcap,
  inspectionOf,
  type Lesson,
  linesOf,
  packetOf,
  readCapture,
  readLesson,
  reasonOf,
  reportOf,
  ropeFromBytes,
  ropeToBytes,
  type SimulateOptions,
  sceneOf,
  seq,
  simulate,
  type Trace,
} from '../../source/core.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {certificateTexts, lessonData} from '../../source/io/lessons.ts';
import {installed} from '../helpers/installed.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';

const {place, compiled} = installed();
runProgram(['export', 'teardown', '--format', 'pcap', '-o', 'teardown.pcap'], {cwd: place});
for (const [name, pem] of [
  ['site.ecdsa.pem', 'good.ecdsa.pem'] as const,
  ['roots.pem', 'roots.pem'] as const,
])
  writeFileSync(join(place, name), certificateTexts().get(pem) ?? '');

const page = readFileSync(join(root, 'docs', 'library.md'), 'utf8');
const examples = [...page.matchAll(/^## (.+)\n[\s\S]*?```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/gm)].map(
  ([, title = '', code = '', output = '']) => ({title, code, output}),
);

describe('the page’s examples', () => {
  test('are six', () => {
    expect(examples.map(({title}) => title)).toEqual([
      ...['Simulate a handshake', 'Say why', 'Give zones', 'Give certificates', 'Read a capture'],
      'Make a scene',
    ]);
  });

  test.each(examples)('$title', ({title, code, output}) => {
    const file = `${title.replaceAll(' ', '-')}.mjs`;
    expect(compiled(file, code, 'node')).toBe('');
    const {stdout, stderr} = spawnSync(process.execPath, [file], {cwd: place, encoding: 'utf8'});
    expect([stderr, stdout]).toEqual(['', output]);
  });

  test('the types need neither Node’s nor the browser’s, and have teeth', () => {
    const uses = `import {decodeFrame, readLesson, simulate, type CryptoPort, type Frame, type Line} from 'packet-tutor/core';
      import {nodeCrypto} from 'packet-tutor/node-crypto';
      const crypto: CryptoPort = nodeCrypto;
      const lesson = readLesson('');
      const trace = lesson.ok ? simulate(lesson.value, {crypto, profile: 'linux'}) : undefined;
      const frame = decodeFrame(new Uint8Array(60));
      export const all: [Frame | undefined, Line[], unknown] = [frame.ok ? frame.value : undefined, [], trace];`;
    expect(compiled('uses.ts', uses, '')).toBe('');
    expect(compiled('wrong.ts', uses.replace("'linux'", "'windows'"), '')).toContain('windows');
  });
});

const pair = {topology: {hosts: {client: {iss: 1000}, server: {iss: 9000}}}};
const connects = [
  {at: '0ms', host: 'server', call: 'listen', port: 80},
  {at: '0ms', host: 'client', call: 'connect', to: 'server:80', from: 40000},
];

const lessonFrom = (...given: Parameters<typeof readLesson>): Lesson => {
  const lesson = readLesson(...given);
  if (!lesson.ok) throw new Error(JSON.stringify(lesson.error));
  return lesson.value;
};

const traceFrom = (lesson: Lesson, options: SimulateOptions = {}): Trace => {
  const trace = simulate(lesson, options);
  if (!trace.ok) throw new Error(trace.error.code);
  return trace.value;
};

const textOf = (trace: Trace): readonly string[] =>
  sceneOf(trace, {atUs: 80_000}).map((line) => line.map(({text}) => text).join(''));

const captureOf = (trace: Trace): Uint8Array => {
  const packets = Array.from({length: trace.packets}, (_, index) => packetOf(trace, index + 1));
  const records = packets.flatMap((packet) => (packet ? [packet] : []));
  return Buffer.concat([...encodePcap(1, records)]);
};

const {rules} = lessonData();

const numbersTo = (last: number): readonly number[] => Array.from({length: last}, (_, nth) => nth + 1);

/** All that can be said of a run, through every function. */
const said = (lesson: Lesson) => {
  const trace = traceFrom(lesson, {faults: ['drop@packet=2']});
  const capture = readCapture(captureOf(trace), {name: 'its packets'});
  if (!capture.ok) throw new Error(capture.error.code);
  return {
    lines: [...linesOf(trace)],
    digest: digestOf(trace),
    scene: textOf(trace),
    reasons: numbersTo(trace.events).map((n) => reasonOf(trace, n, {rules, language: 'zh'})),
    inspection: inspectionOf(capture.value),
    report: reportOf(capture.value, {language: 'zh'}),
  };
};

test('it runs where there is nothing but the language', async () => {
  const entry = `import * as core from './dist/core/core.js'; globalThis.core = core;
    import {rules} from './dist/lessons/rules.js'; globalThis.rules = rules;`;
  // A module of Node’s in it would not be found.
  const {outputFiles} = await build({
    stdin: {contents: entry, resolveDir: root},
    ...{bundle: true, write: false, platform: 'neutral', format: 'iife', logLevel: 'silent'},
  });
  const context = createContext(Object.create(null));
  new Script(outputFiles[0]?.text ?? '').runInContext(context);
  expect(
    new Script('typeof process + typeof Buffer + typeof TextEncoder + typeof setTimeout').runInContext(
      context,
    ),
  ).toBe('undefined'.repeat(4));
  // Initial sequence numbers are worked out there, too.
  const causes = JSON.stringify({script: connects});
  const script = `(() => {
    const {readLesson, simulate, linesOf, digestOf, sceneOf, reasonOf, readCapture, inspectionOf, reportOf, packetOf, encodePcap} = core;
    const trace = simulate(readLesson(${causes}).value, {faults: ['drop@packet=2']}).value;
    const records = Array.from({length: trace.packets}, (_, index) => packetOf(trace, index + 1));
    const capture = readCapture(Uint8Array.from([...encodePcap(1, records)].flatMap((part) => [...part])), {name: 'its packets'});
    return JSON.stringify({
      lines: [...linesOf(trace)],
      digest: digestOf(trace),
      scene: sceneOf(trace, {atUs: 80_000}).map((line) => line.map(({text}) => text).join('')),
      reasons: Array.from({length: trace.events}, (_, nth) => reasonOf(trace, nth + 1, {rules, language: 'zh'})),
      inspection: inspectionOf(capture.value),
      report: reportOf(capture.value, {language: 'zh'}),
    });
  })()`;
  const alone = JSON.parse(String(new Script(script).runInContext(context)));
  expect(alone).toEqual(JSON.parse(JSON.stringify(said(lessonFrom(JSON.parse(causes))))));
});

test('a lesson of the program is the run of `show --json`', () => {
  const file = join(root, 'lessons', 'tcp-close', 'teardown.yaml');
  const trace = traceFrom(lessonFrom(readFileSync(file, 'utf8'), {file}), {
    seed: 7,
    faults: ['drop@packet=5'],
  });
  const {stdout} = runProgram(['show', 'teardown', '--json', '--seed', '7', '--drop', '5']);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // Beats are counted, too: the program's lines have other numbers.
  const events = (all: readonly {readonly [key: string]: unknown}[]) =>
    all
      .filter(({type, kind}) => type === 'event' && kind !== 'beat')
      .map(({n: _n, cause: _cause, ...rest}) => rest);
  expect(events(JSON.parse(JSON.stringify([...linesOf(trace)])))).toEqual(events(lines));
  expect(lines.at(-1).digest).toBe(digestOf(trace));
  expect(textOf(trace)[0]).toContain('The four-segment close');
});

test('a capture is what `inspect` says of it', () => {
  const capture = readCapture(readFileSync(join(place, 'teardown.pcap')), {name: 'teardown.pcap'});
  if (!capture.ok) throw new Error(capture.error.code);
  const inspect = (...more: readonly string[]) =>
    runProgram(['inspect', 'teardown.pcap', ...more], {cwd: place}).stdout;
  expect(inspectionOf(capture.value)).toEqual(JSON.parse(inspect('--json')));
  expect(reportOf(capture.value)).toEqual(inspect('--lang', 'en').trimEnd().split('\n'));
});

describe('the reason of an event', () => {
  const trace = traceFrom(lessonFrom({...pair, script: connects}), {faults: ['drop@packet=1']});
  const lines = [...linesOf(trace)].filter((line) => line.type === 'event');
  const sending = (summary: string): number =>
    lines.find((line) => line.kind === 'send' && line.summary === summary)?.n ?? 0;

  test('has the rule and the case of its line, both depths, the clause, and the formula with its numbers', () => {
    const ack = sending('ACK seq=1001 ack=9001');
    const reason = reasonOf(trace, ack, {rules});
    expect(reason).toMatchObject({
      ...{because: '9293:3.10.7.3/syn-sent/syn-ack', case: 'bare', heading: 'Why ACK now?'},
      clause: 'RFC 9293 §3.10.7.3, SYN-SENT, fourth check: SYN,ACK',
    });
    // RFC 9293 §3.10.7.3: SND.UNA < SEG.ACK =< SND.NXT, RCV.NXT is set to SEG.SEQ+1; ISS 1000 and 9000.
    expect(reason?.formulas.map(([, numbers]) => numbers?.replace(/ +/g, ' '))).toEqual([
      '1000 < 1001 ≤ 1001',
      '9001 = 9000 + 1',
    ]);
    expect(reason?.plain.join()).not.toMatch(/snd|rcv|§/);
    expect(reason?.derivation).not.toEqual(reason?.plain);
    expect(reasonOf(trace, ack, {rules, language: 'zh'})?.plain.join()).toMatch(/[\u4e00-\u9fff]/);
  });

  test('leads from cause to cause back to the call', () => {
    const chain: unknown[] = [];
    for (
      let n: number | undefined = sending('ACK seq=1001 ack=9001');
      n !== undefined;
      n = reasonOf(trace, n, {rules})?.cause
    ) {
      const line = lines.find((each) => each.n === n);
      chain.push(
        line?.kind === 'send' ? `${line.host} sends ${line.summary}` : `${line?.host} ${line?.kind}`,
      );
    }
    expect(chain).toEqual([
      ...['client sends ACK seq=1001 ack=9001', 'client arrive', 'server sends SYN,ACK seq=9000 ack=1001'],
      ...['server arrive', 'client sends SYN seq=1000', 'client timer', 'client timer', 'client call'],
    ]);
  });

  test('has the facts of its line', () => {
    const file = join(root, 'lessons', 'dns', 'dns-iterative.yaml');
    const zones = new Map(
      readdirSync(join(root, 'lessons', 'dns', 'zones')).map((name) => [
        name,
        readFileSync(join(root, 'lessons', 'dns', 'zones', name), 'utf8'),
      ]),
    );
    const dns = traceFrom(lessonFrom(readFileSync(file, 'utf8'), {file, zones}));
    const all = [...linesOf(dns)].filter((line) => line.type === 'event');
    const told = all.map(({because, case: own, facts}) => ({because, case: own, facts}));
    expect(told.filter(({facts}) => facts !== undefined).length).toBeGreaterThan(2);
    const reasons = all.map((_, index) => reasonOf(dns, index + 1, {rules}));
    expect(reasons.map((each) => ({because: each?.because, case: each?.case, facts: each?.facts}))).toEqual(
      told,
    );
    const referred = reasons.find((each) => each?.case === 'referral' && each.facts?.['zone'] === 'com.');
    expect(referred?.derivation.join()).toContain('com');
  });

  test('of a capture is what it shows; nobody says the rule', () => {
    const capture = readCapture(captureOf(trace));
    if (!capture.ok) throw new Error(capture.error.code);
    const line = [...linesOf(capture.value.trace)].find((each) => each.kind === 'send' && each.packet === 2);
    const reason = reasonOf(capture.value.trace, line?.kind === 'send' ? line.n : 0, {rules});
    expect(reason).not.toHaveProperty('because');
    expect(reason?.derivation.length).toBeGreaterThan(0);
    expect(reason?.clause).toBe('◌ RFC 6298 §5 (5.4), Timeout: the earliest segment is sent again');
  });

  test('is of no event where there is none', () => {
    expect([0, 1.5, trace.events + 1].map((n) => reasonOf(trace, n, {rules}))).toEqual(
      Array.from({length: 3}),
    );
  });
});

test('TLS with Node’s cryptography, and not without', () => {
  const file = join(root, 'lessons', 'https', 'https-why.yaml');
  const lesson = lessonFrom(readFileSync(file, 'utf8'), {file, certificates: certificateTexts()});
  const secure = lesson.runs.find((run) => run.includes('https')) ?? '';
  expect(simulate(lesson, {run: secure})).toEqual({ok: false, error: {code: 'crypto', run: secure}});
  const trace = traceFrom(lesson, {run: secure, crypto: nodeCrypto});
  expect([...linesOf(trace)].some(({kind}) => kind === 'tls')).toBe(true);
});

describe('errors are values', () => {
  const lesson = lessonFrom({...pair, script: connects});

  test('of a lesson', () => {
    const causes = {script: [{at: '0ms', host: 'server', cal: 'listen', port: 80}]};
    const wrong = readLesson(causes);
    if (wrong.ok) throw new Error('it was read');
    const told = wrong.error.map(({message, position}) => [message.en, position.line]);
    const line =
      JSON.stringify(causes, undefined, 2)
        .split('\n')
        .findIndex((each) => each.includes('cal')) + 1;
    expect(told).toContainEqual(['no key “cal”', line]);
  });

  test.each([
    [{run: 'none'}, {code: 'run', run: 'none', known: ['base']}],
    [{faults: ['drop@packet=1', 'drip']}, {code: 'fault', fault: 'drip'}],
  ])('of a wish: %o', (options, error) => {
    expect(simulate(lesson, options)).toMatchObject({ok: false, error});
  });

  test('of a capture: not one, and one that breaks off', () => {
    expect(readCapture(new Uint8Array(8))).toEqual({ok: false, error: {code: 'not-a-capture', offset: 0}});
    const whole = captureOf(traceFrom(lesson));
    const cut = readCapture(whole.subarray(0, -1));
    expect(cut).toMatchObject({
      ok: true,
      value: {problem: {code: 'cut', frameNumber: 3}, trace: {packets: 2}},
    });
  });

  test('of a packet: none of that number', () => {
    const trace = traceFrom(lesson);
    expect([0, 1.5, trace.packets + 1].map((number) => packetOf(trace, number))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('what was made elsewhere is a bug', () => {
    const trace = traceFrom(lesson);
    expect(() => digestOf({...trace})).toThrow('not a value that packet-tutor/core has made');
  });
});

test('frames go to bytes and back', () => {
  const packet = packetOf(traceFrom(lessonFrom({...pair, script: connects})), 1);
  const bytes = packet?.bytes ?? new Uint8Array();
  expect(dissect(bytes, packet?.linkType ?? 0).layers.map(({protocol}) => protocol)).toEqual([
    'eth',
    'ip',
    'tcp',
  ]);
  const frame = decodeFrame(bytes);
  if (!frame.ok || frame.value.payload.kind !== 'ip') throw new Error('no frame');
  expect(encodeFrame(frame.value)).toEqual(packet?.bytes);
  const {transport} = frame.value.payload.packet;
  if (transport.kind !== 'tcp') throw new Error('no segment');
  expect(transport.segment.seq).toBe(seq(1000));
  expect([...ropeToBytes(ropeFromBytes(Uint8Array.of(1, 2)))]).toEqual([1, 2]);
});
