// Tells about the cookies that browsers and servers exchange, and the sessions whose IDs they contain (RFC 6265).

import {cookiesOn} from '../../sim/http-apps.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {HttpNote} from '../../stack/http/note.ts';
import {worldAt} from '../entries.ts';
import {foreign} from '../foreign.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';

type CookieNote = Extract<HttpNote, {kind: 'cookie'}>;
type Noted = Omit<EventOf<'note'>, 'note'> & {readonly note: CookieNote};

type Alike = Noted & {readonly replaces: boolean};

/** The cookie operations that the account of a run tells. */
const toldOps: ReadonlySet<CookieNote['op']> = new Set(['stored', 'refused', 'withheld', 'dropped']);

const isTold = (event: TraceEvent): event is TraceEvent & Noted =>
  event.kind === 'note' && event.note.kind === 'cookie' && toldOps.has(event.note.op);

/** Tells whether the browser already had a cookie with the same name, domain and path and another value (RFC 6265 §5.3, step 11). */
const hasOld = (trace: Trace, first: number, {host, atUs, note}: Noted): boolean => {
  const own = worldAt(trace, first - 1)?.hosts[host];
  const held = (note.op === 'stored' && own && cookiesOn(own, atUs, undefined)) || [];
  return held.some(
    ({cookie: {name, domain, path, value}, leftUs}) =>
      [name, domain, path].join(' ') === [note.name, note.domain, note.path].join(' ') &&
      value !== note.value &&
      leftUs !== 0,
  );
};

/** Returns a key for cookies that are told in one sentence: the same happens to them, for the same host and the same reason. */
const alikeAs = ({host, because, note, replaces}: Alike): string =>
  [host, note.op, note.domain, because, replaces, note.op === 'withheld' ? note.reason : ''].join(' ');

const cookieTold = (alike: readonly Alike[]): Told | undefined => {
  const [first] = alike;
  if (!first) return undefined;
  const {n, host, note, because, replaces} = first;
  const {op, domain} = note;
  if (op === 'sent' || op === 'expired') return undefined;
  const names = alike.map((each) => each.note.name);
  return {
    ...{says: 'cookies', n, rank: 1, most: 2, about: [`cookie ${op} ${names.join(' ')}`]},
    facts: {
      ...{host, op, names: names.map(foreign), domain: foreign(domain)},
      replaces,
      tooLong: because === '6265:6.1/too-long',
      reason: note.op === 'withheld' ? note.reason : undefined,
    },
  };
};

const sessionTold = (event: TraceEvent): Told | undefined => {
  if (event.kind !== 'note' || event.note.kind !== 'session') return undefined;
  const {n, host, note} = event;
  const {op, id, user} = note;
  if (op === 'found') return undefined;
  return {
    ...{says: 'session', n, rank: 1, most: 2, about: [`session ${host} ${op}`]},
    facts: {host, op, id: foreign(id), user: user === undefined ? undefined : foreign(user)},
  };
};

export const cookiesTold = ({trace, events}: Moment): readonly Told[] => {
  const noted = events
    .filter(isTold)
    .map((event) => ({...event, replaces: hasOld(trace, events[0]?.n ?? 1, event)}));
  const kinds = new Set(noted.map(alikeAs));
  return [
    ...events.flatMap((event) => sessionTold(event) ?? []),
    ...[...kinds].flatMap((kind) => cookieTold(noted.filter((each) => alikeAs(each) === kind)) ?? []),
  ];
};
