// The types of `packet-tutor/core` against what it gives: lines and inspections of runs and captures, written out as literals, compile as
// what they are declared to be. Of a literal the compiler refuses a member that its type does not have, too.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {captureFolders, keysBeside} from '../../scripts/json-digests.ts';
import {inspectionOf, linesOf, readCapture, readLesson, simulate, type Trace} from '../../source/core.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {certificateTexts} from '../../source/io/lessons.ts';
import {installed} from '../helpers/installed.ts';
import {root} from '../helpers/root.ts';
import {some} from '../helpers/seeds.ts';

const {compiled} = installed();

const lessons = [
  ...['foundations/handshake', 'tcp-open/refused', 'tcp-data/loss-recovery', 'tcp-close/teardown'],
  ...['dns/dns-iterative', 'dns/dns-cache', 'http/cookies-session', 'http/http-connections'],
  ...['https/https-tls12', 'https/https-tls13', 'whole-story/url-to-page'],
];

const textsIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

const tracesOf = (id: string): readonly Trace[] => {
  const file = join(root, 'lessons', `${id}.yaml`);
  const zones = /dns|story/.test(id) ? textsIn(join(file, '..', 'zones')) : new Map<string, string>();
  const lesson = readLesson(readFileSync(file, 'utf8'), {file, zones, certificates: certificateTexts()});
  if (!lesson.ok) throw new Error(id);
  return lesson.value.runs.map((run) => {
    const trace = simulate(lesson.value, {run, crypto: nodeCrypto});
    if (!trace.ok) throw new Error(`${id}, ${run}`);
    return trace.value;
  });
};

const captures = some(
  captureFolders.flatMap((folder) =>
    readdirSync(join(root, 'test/fixtures', folder))
      .filter((name) => /\.pcap(ng)?$/.test(name))
      .map((name) => join(root, 'test/fixtures', folder, name)),
  ),
  20,
);

const captured = captures.flatMap((path) => {
  const keys = keysBeside(path);
  const keyLog = keys === undefined ? '' : readFileSync(keys, 'utf8');
  const capture = readCapture(readFileSync(path), {crypto: nodeCrypto, keyLog});
  return capture.ok ? [capture.value] : [];
});

/** The names of members, in all depths, and what kind of value each has. */
const shapeOf = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  const inside = Object.entries(value).map(([name, each]) => `${name}:${shapeOf(each)}`);
  return Array.isArray(value) ? `[${[...new Set(value.map(shapeOf))]}]` : `{${inside}}`;
};

const oneOfEach = (all: readonly unknown[], keyOf: (each: unknown) => string): readonly unknown[] => [
  ...new Map(all.map((each) => [keyOf(each), each])).values(),
];

/** Of what has one shape one is enough, and of long texts a piece. */
const sample = (value: unknown): unknown => {
  if (typeof value === 'string') return value.slice(0, 60);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value) && typeof value[0] === 'object') return oneOfEach(value, shapeOf).map(sample);
  if (Array.isArray(value)) return value.slice(0, 3);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, sample(each)]));
};

const written = (type: string, values: readonly unknown[]): string =>
  `import type {${type}} from 'packet-tutor/core';
export const all: readonly ${type}[] = ${JSON.stringify(sample(values), undefined, 1)};`;

const fromJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Fields of packets are many; that they are texts by names is enough. */
const lineShape = (line: unknown): string => {
  const {layers: _, parameters: __, ...rest} = Object(line);
  return `${rest.kind} ${rest.what} ${shapeOf(rest)}`;
};

describe('lines', () => {
  const traces = [...lessons.flatMap(tracesOf), ...captured.map(({trace}) => trace)];
  const lines = oneOfEach(
    traces.flatMap((trace) => fromJson([...linesOf(trace)])),
    lineShape,
  );

  test('are of all kinds', () => {
    expect(new Set(lines.map((line) => Object(line).kind))).toEqual(
      new Set([
        ...[undefined, 'call', 'send', 'arrive', 'drop', 'state', 'timer', 'deliver', 'tls'],
        ...['cache', 'hosts', 'zone', 'alias', 'address', 'server', 'scrubbed', 'failed', 'edit'],
        ...['request', 'response', 'http-connection', 'cookie', 'session', 'http-cache', 'attempt'],
        ...['redirect', 'strict-transport', 'retry'],
      ]),
    );
  });

  test('fit their type', () => {
    expect(compiled('lines.ts', written('TraceLine', lines), '')).toBe('');
  });

  test('would not, with a member more or one less', () => {
    const sent = lines.filter((line) => Object(line).kind === 'send');
    const more = sent.map((line) => ({...Object(line), weather: 1}));
    expect(compiled('more.ts', written('TraceLine', more), '')).toContain('weather');
    const less = sent.map((line) => ({...Object(line), summary: undefined}));
    expect(compiled('less.ts', written('TraceLine', less), '')).toContain('summary');
  });
});

describe('inspections', () => {
  const inspections = oneOfEach(
    captured.map((capture) => fromJson(inspectionOf(capture))),
    shapeOf,
  );

  test('fit their type', () => {
    expect(compiled('inspections.ts', written('Inspection', inspections), '')).toBe('');
  });

  test('would not, with a member more or one of another kind', () => {
    const more = inspections.map((each) => ({...Object(each), weather: 1}));
    expect(compiled('more-told.ts', written('Inspection', more), '')).toContain('weather');
    const wrong = inspections.map((each) => ({...Object(each), packets: 'many'}));
    expect(compiled('wrong.ts', written('Inspection', wrong), '')).toContain(
      "Type 'string' is not assignable to type 'number'",
    );
  });
});
