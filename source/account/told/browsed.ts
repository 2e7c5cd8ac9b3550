// Indexes the requests that browsers were told to send and have sent, and the responses that they have read, so that lookups need not walk
// the run again.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {HttpNote} from '../../stack/http/note.ts';
import {bisect} from '../../wire/growing-list.ts';
import {oncePer} from '../../wire/once-per.ts';
import {entriesBetween} from '../entries.ts';

type Request = Extract<HttpNote, {kind: 'request'}>;
type Retry = Extract<HttpNote, {kind: 'retry'}>;
type Response = Extract<HttpNote, {kind: 'response'}>;

type At<Of> = {readonly n: number; readonly host: string; readonly it: Of};

/** Lists of what browsers did, in the order of events, one for each key. */
class Lists<Of> {
  readonly #lists = new Map<string, At<Of>[]>();

  add(key: string, at: At<Of>): void {
    const list = this.#lists.get(key);
    if (list) list.push(at);
    else this.#lists.set(key, [at]);
  }

  /** Returns the last element of this key's list before event `n`; undefined if there is none. */
  before(key: string, n: number): At<Of> | undefined {
    const list = this.#lists.get(key) ?? [];
    return list[bisect(list.length, (index) => (list[index]?.n ?? 0) >= n) - 1];
  }
}

/** An action in which a program requests a URL; `raw` is the text that it sends in place of a request, empty for an ordinary request. */
type Action = {readonly url: string; readonly raw: string};

/** An HTTP request or the decision to retry one; `because` is the rule of a retry. */
type Again = {readonly note: Request | Retry; readonly because: TraceEvent['because']};

type Browsed = {
  readonly actions: Lists<Action>;
  readonly again: Lists<Again>;
  readonly requests: Lists<Request>;
  readonly finished: Lists<Response>;
};

const keyOf = (...parts: readonly string[]): string => parts.join(' ');

/**
 * Returns all targets that a URL may have in a request: the whole URL, nothing, or a part that begins with one of its slashes
 * (RFC 9112 §3.2).
 */
const endsOf = (url: string): readonly string[] => [
  ...new Set(['', url, ...[...url.matchAll(/\//g)].map(({index}) => url.slice(index))]),
];

const actionOf = (event: TraceEvent): Action | undefined => {
  if ((event.kind !== 'call' && event.kind !== 'answer') || !('url' in event.action)) return undefined;
  const {action} = event;
  return {url: action.url, raw: ('raw' in action && action.raw) || ''};
};

const anyHost = '*';

const noteIn = (browsed: Browsed, event: EventOf<'note'>): void => {
  const {n, host, note, because} = event;
  const isSent = note.kind === 'request' && note.op === 'sent';
  if (note.kind === 'retry' || isSent)
    browsed.again.add(keyOf(host, note.method, note.target), {n, host, it: {note, because}});
  if (isSent) {
    browsed.requests.add(anyHost, {n, host, it: note});
    browsed.requests.add(keyOf(host, note.method, note.target), {n, host, it: note});
  }
  if (note.kind === 'response' && note.op === 'finished') browsed.finished.add(host, {n, host, it: note});
};

const browsedIn = oncePer((trace: Trace): Browsed => {
  const browsed: Browsed = {
    ...{actions: new Lists(), again: new Lists(), requests: new Lists(), finished: new Lists()},
  };
  for (const event of entriesBetween(trace, 1)) {
    const action = actionOf(event);
    if (action)
      for (const end of endsOf(action.url))
        browsed.actions.add(keyOf(event.host, end), {n: event.n, host: event.host, it: action});
    if (event.kind === 'note') noteIn(browsed, event);
  }
  return browsed;
});

type Asked = {readonly n: number; readonly host: string; readonly method: string; readonly target: string};

/**
 * Returns the text that a program sent in place of an HTTP request for this target before event `n`; undefined if it was an ordinary
 * request or there was none.
 */
export const rawBefore = (trace: Trace, {n, host, target}: Omit<Asked, 'method'>): string | undefined =>
  browsedIn(trace).actions.before(keyOf(host, target), n)?.it.raw || undefined;

/**
 * Returns the last request with this method and target that was sent before event `n`, or the decision to retry it, whichever is later;
 * undefined if there is none.
 */
export const againBefore = (trace: Trace, {n, host, method, target}: Asked): Again | undefined =>
  browsedIn(trace).again.before(keyOf(host, method, target), n)?.it;

export const requestBefore = (trace: Trace, {n, host, method, target}: Asked): Request | undefined =>
  browsedIn(trace).requests.before(keyOf(host, method, target), n)?.it;

/** Returns the last HTTP request that any host sent before event `n`. */
export const lastRequest = (
  trace: Trace,
  n: number,
): {readonly n: number; readonly host: string; readonly target: string} | undefined => {
  const last = browsedIn(trace).requests.before(anyHost, n);
  return last && {n: last.n, host: last.host, target: last.it.target};
};

export const finishedBefore = (trace: Trace, n: number, host: string): Response | undefined =>
  browsedIn(trace).finished.before(host, n)?.it;
