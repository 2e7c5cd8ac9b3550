// A small lesson of the curriculum's pair: a web server on one host, whatever the script makes of the other. RTT 100 ms.
import {expect} from 'vitest';
import type {Lesson} from '../../../source/lesson/lesson.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {errorsOf as errorsIn, load as loadParts, traceOf} from '../fragments.ts';
import type {Told} from '../told-problem.ts';

export const script = (...causes: readonly string[]): string =>
  `script:\n${causes.map((cause) => `  - ${cause}\n`).join('')}`;

export const server = (inside: string): string => `apps:\n  - {host: server, http: {${inside}}}\n`;

const beats = 'beats:\n  - {when: {sends: client, nth: 1}, say: {en: asks, zh: 提问}}\n';
const usual = server('routes: [{get: /, body: 10B}, {get: /two, body: 20B}]');
const ask = script("{at: 0ms, host: client, call: get, url: 'http://server/'}");

type Changed = NonNullable<Parameters<typeof loadParts>[0]>;

export const load = (changed: Changed = {}): Lesson =>
  loadParts({runs: usual, script: ask, beats, ...changed});

export const errorsOf = (changed: Changed): readonly Told[] =>
  errorsIn({runs: usual, script: ask, beats, ...changed});

export const traceWith = (changed: Changed, run?: string): Trace => traceOf(load(changed), run);

/** What calls came to, in order: `client 200 ok 200 10` is host, ms, result, status, octets of content. */
export const answersOf = (trace: Trace): readonly string[] =>
  [...trace.events()].flatMap((event) => {
    if (event.kind !== 'answer' || !('exchanges' in event.answer)) return [];
    const {result, status = '-', bytes} = event.answer;
    return [[event.host, event.atUs / 1000, result, status, bytes].join(' ')];
  });

/** Exchanges of the nth answer, from 0: `301 http://server/old`. */
export const exchangesOf = (trace: Trace, nth = 0): readonly string[] => {
  const answers = [...trace.events()].flatMap((event) =>
    event.kind === 'answer' && 'exchanges' in event.answer ? [event.answer] : [],
  );
  return (answers[nth]?.exchanges ?? []).map(({status, url}) => `${status} ${url}`);
};

/** Column of a piece of the one line that a test is about. */
export const columnOf = (line: string, piece: string): number => {
  expect(line).toContain(piece);
  return line.indexOf(piece) + 1;
};
