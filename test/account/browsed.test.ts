// What browsers asked before an event. Oracle: going back over the run, event by event, which is what each of these means.
import {describe, expect, test} from 'vitest';
import {
  againBefore,
  finishedBefore,
  lastRequest,
  rawBefore,
  requestBefore,
} from '../../source/account/told/browsed.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {some} from '../helpers/seeds.ts';

const back = <Found>(
  trace: Trace,
  n: number,
  of: (event: TraceEvent) => Found | undefined,
): Found | undefined => {
  for (let at = n - 1; at > 0; at -= 1) {
    const found = of(trace.event(at));
    if (found !== undefined) return found;
  }
  return undefined;
};

type Asked = {readonly n: number; readonly host: string; readonly method: string; readonly target: string};

const byGoingBack = (trace: Trace, {n, host, method, target}: Asked) => {
  const sent = (event: TraceEvent) =>
    event.kind === 'note' && event.note.kind === 'request' && event.note.op === 'sent'
      ? event.note
      : undefined;
  const isLike = (note: {readonly method: string; readonly target: string}): boolean =>
    note.method === method && note.target === target;
  return {
    raw:
      back(trace, n, (event) => {
        if ((event.kind !== 'call' && event.kind !== 'answer') || event.host !== host) return undefined;
        const {action} = event;
        if (!('url' in action) || !action.url.endsWith(target)) return undefined;
        return ('raw' in action && action.raw) || '';
      }) || undefined,
    again: back(trace, n, (event) => {
      if (event.kind !== 'note' || event.host !== host) return undefined;
      const note = sent(event) ?? (event.note.kind === 'retry' ? event.note : undefined);
      return note && isLike(note) ? {note, because: event.because} : undefined;
    }),
    request: back(trace, n, (event) => {
      const note = event.host === host ? sent(event) : undefined;
      return note && isLike(note) ? note : undefined;
    }),
    last: back(trace, n, (event) => {
      const note = sent(event);
      return note && {n: event.n, host: event.host, target: note.target};
    }),
    finished: back(trace, n, (event) =>
      event.kind === 'note' &&
      event.host === host &&
      event.note.kind === 'response' &&
      event.note.op === 'finished'
        ? event.note
        : undefined,
    ),
  };
};

const found = (trace: Trace, asked: Asked) => ({
  raw: rawBefore(trace, asked),
  again: againBefore(trace, asked),
  request: requestBefore(trace, asked),
  last: lastRequest(trace, asked.n),
  finished: finishedBefore(trace, asked.n, asked.host),
});

const pages = allRuns().filter(({name}) => /^(http|cookies|url-to-page|layers)/.test(name));

test.each(some(pages, 12).map((run) => [run.name, run] as const))('%s: as by going back', (_, run) => {
  const trace = traceOf(run);
  for (const event of trace.events()) {
    if (event.kind !== 'note') continue;
    const {note, n, host} = event;
    if (note.kind !== 'request' && note.kind !== 'response' && note.kind !== 'retry') continue;
    const asked = {n, host, method: note.method, target: note.target};
    expect(found(trace, asked), `event ${n}`).toEqual(byGoingBack(trace, asked));
  }
});

describe('of very many requests', () => {
  const many = 20_000;
  const event = (n: number): TraceEvent => {
    const target = `/${n}`;
    const about = {method: 'GET', target, version: 'HTTP/1.1', bytes: 0, stream: 's', nth: 1};
    return {
      ...{n, instant: n, atUs: n, host: 'client', kind: 'note', because: '9110:9.3/request'},
      note: {kind: 'request', op: 'sent', ...about},
    } as unknown as TraceEvent;
  };

  test('each event is looked at once, however many ask', () => {
    let looked = 0;
    const look = (n: number): TraceEvent => {
      looked += 1;
      return event(n);
    };
    function* events(from = 1, to = many): Generator<TraceEvent, void> {
      for (let n = from; n <= to; n += 1) yield look(n);
    }
    const trace = {length: many, event: look, events} as unknown as Trace;
    for (let n = 1; n <= many; n += 1) {
      const asked = {n, host: 'client', method: 'GET', target: `/${n}`};
      expect(againBefore(trace, asked) ?? requestBefore(trace, asked) ?? rawBefore(trace, asked)).toBe(
        undefined,
      );
    }
    expect(lastRequest(trace, many)?.n).toBe(many - 1);
    expect(looked).toBe(many);
  });
});
