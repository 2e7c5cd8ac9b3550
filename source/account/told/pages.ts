// Tells what browsers request and servers respond (HTTP), and what browsers know by themselves: redirects, their cache, sites that are
// visited only with TLS.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {HttpNote} from '../../stack/http/note.ts';
import {isIdempotent} from '../../wire/http/methods.ts';
import {foreign} from '../foreign.ts';
import {againBefore, finishedBefore, lastRequest, rawBefore, requestBefore} from './browsed.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {isKeptBack} from './moment.ts';

type Note<Of extends HttpNote> = EventOf<'note'> & {readonly note: Of};
type Request = Extract<HttpNote, {kind: 'request'}>;
type Response = Extract<HttpNote, {kind: 'response'}>;
type Redirect = Extract<HttpNote, {kind: 'redirect'}>;
type Retry = Extract<HttpNote, {kind: 'retry'}>;
type Strict = Extract<HttpNote, {kind: 'strict-transport'}>;

/**
 * Returns the first line of what a browser sent in place of a request, if no method and target can be parsed from it (RFC 9112 §3);
 * otherwise undefined.
 */
const brokenLine = (trace: Trace, request: {n: number; host: string; target: string}): string | undefined => {
  const [line] = (rawBefore(trace, request) ?? '').split('\r\n');
  return !line || /^[^ ]+ [^ ]+ HTTP\/\d\.\d$/.test(line) ? undefined : line;
};

/** Returns where an HTTP request is repeated: on the same connection after its handshake (RFC 8470 §5.2), or on another one. */
const whereAgain = (because: TraceEvent['because']): 'handshake' | 'elsewhere' =>
  because === '8470:5.2/again' ? 'handshake' : 'elsewhere';

/** Returns why an HTTP request is sent again: after a handshake, or on another connection; `not` if it is sent for the first time. */
const againBy = (trace: Trace, {n, host, note}: Note<Request>): Facts['requests']['again'] => {
  const {method, target} = note;
  const last = againBefore(trace, {n, host, method, target});
  return last?.note.kind === 'retry' ? whereAgain(last.because) : 'not';
};

const requestTold = (moment: Moment, event: Note<Request>): Told | undefined => {
  const {trace} = moment;
  const {n, host, note} = event;
  const {op, method, target, nth} = note;
  if (op !== 'sent') return undefined;
  const line = brokenLine(trace, {n, host, target});
  const again = againBy(trace, event);
  const about = [`requests ${host} ${method} ${target} ${again}`];
  return {
    ...{says: 'requests', n, rank: 2, most: 2, about},
    facts: {
      ...{host, method: foreign(method), target: foreign(target), nth, again},
      waits: isKeptBack(moment, event),
      line: line === undefined ? undefined : foreign(line),
    },
  };
};

/** Tells about a response to a request without a readable target, and whether its first line was the reason. */
const unreadTold = ({trace}: Moment, {n, host, note}: Note<Response>): Told => {
  const asked = lastRequest(trace, n);
  const line = asked && brokenLine(trace, asked);
  const {status, bytes} = note;
  return {
    ...{says: 'cannotRead', n, rank: 1, most: 2, about: [`cannot read ${host} ${status}`]},
    facts: {host, status, bytes, line: line !== undefined},
  };
};

const responseTold = (moment: Moment, event: Note<Response>): Told | undefined => {
  const {n, host, note} = event;
  const common = {n, rank: 2, most: 2} as const;
  const {op, by, status, target, bytes} = note;
  const about = [`${op} ${host} ${target} ${status}`];
  const facts = {host, target: foreign(target), status, bytes};
  if (by === 'server') {
    if (op !== 'started') return undefined;
    return target === ''
      ? unreadTold(moment, event)
      : {...common, says: 'responds', about, facts: {...facts, waits: isKeptBack(moment, event)}};
  }
  if (op === 'started') return undefined;
  const isBroken = brokenLine(moment.trace, {n, host, target}) !== undefined;
  return {
    ...{...common, rank: op === 'incomplete' ? 0 : 2, says: 'responseRead', about},
    facts: {
      ...{...facts, target: isBroken ? undefined : facts.target, whole: op === 'finished'},
      unread: isBroken && status === 400,
    },
  };
};

const redirectTold = ({trace}: Moment, {n, host, note}: Note<Redirect>): Told => {
  const {status, from, to, refused, method} = note;
  // The browser read the redirecting response in this instant; it may have other open requests.
  const read = finishedBefore(trace, n, host);
  const asked = read && requestBefore(trace, {n, host, method: read.method, target: read.target});
  return {
    ...{says: 'redirected', n, rank: refused ? 0 : 1, most: 2},
    about: [`redirect ${to} ${refused ? 'refused' : 'followed'}`],
    facts: {
      ...{host, status, to: foreign(to), followed: !refused, self: from === to},
      ...{method: foreign(method), asked: foreign(asked?.method ?? method)},
      content: (asked?.bytes ?? 0) > 0,
    },
  };
};

/**
 * Tells about a browser that repeats a request: at once if a connection is open, otherwise it opens one first. Requests that move to
 * another connection are told together.
 */
const retryTold = (moment: Moment, event: Note<Retry>): Told | undefined => {
  const {n, host, because, note} = event;
  const {method, allowed} = note;
  const again = whereAgain(because);
  const not = isIdempotent(method) ? 'often' : 'unsafe';
  const own = moment.events.filter((event) => event.host === host);
  const isSent = (what: Retry): boolean =>
    own.some(
      (event) =>
        event.kind === 'note' &&
        event.note.kind === 'request' &&
        event.note.op === 'sent' &&
        event.note.method === what.method &&
        event.note.target === what.target &&
        !isKeptBack(moment, event),
    );
  const now = isSent(note);
  const alike = own.flatMap((event) => {
    const isRetry = event.kind === 'note' && event.note.kind === 'retry' && event.note.allowed;
    return isRetry && event.because === because && isSent(event.note) === now ? [event] : [];
  });
  const isAlone = !allowed || again === 'handshake';
  if (!isAlone && alike[0]?.n !== n) return undefined;
  const all = isAlone ? [note] : alike.flatMap((event) => (event.note.kind === 'retry' ? [event.note] : []));
  return {
    ...{says: 'retries', n, rank: 0, most: 2},
    about: all.map((each) => `retry ${each.method} ${each.target} ${allowed}`),
    facts: {
      ...{host, what: all.map((each) => foreign(`${each.method} ${each.target}`)), now},
      how: allowed ? again : not,
      opened: own.filter((event) => event.kind === 'state' && event.to === 'SYN-SENT').length,
    },
  };
};

/** Tells that a browser stores or uses strict transport security for a site; a site that repeats it is no news. */
const strictTold = ({n, host, note}: Note<Strict>): Told =>
  note.op === 'stored'
    ? {
        ...{says: 'strictKept', n, rank: 3, most: 1, about: [`strict ${host} ${note.host}`]},
        facts: {host, site: foreign(note.host), seconds: note.maxAgeS},
      }
    : {
        ...{says: 'strictUsed', n, rank: 1, most: 2, about: [`strict ${host} ${note.from}`]},
        facts: {host, from: foreign(note.from), to: foreign(note.to)},
      };

export const pagesTold = (moment: Moment, {note, ...event}: EventOf<'note'>): Told | undefined => {
  const {n, host} = event;
  switch (note.kind) {
    case 'request':
      return requestTold(moment, {...event, note});
    case 'response':
      return responseTold(moment, {...event, note});
    case 'redirect':
      return redirectTold(moment, {...event, note});
    case 'retry':
      return retryTold(moment, {...event, note});
    case 'strict-transport':
      return strictTold({...event, note});
    case 'http-cache': {
      const {op, url, freshS} = note;
      if (op === 'stored') return undefined;
      const about = [`cache ${op} ${url}`];
      return {says: 'cached', n, rank: 1, most: 2, about, facts: {host, op, url: foreign(url), freshS}};
    }
    default:
      return undefined;
  }
};
