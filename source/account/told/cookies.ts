// What browsers and servers keep of each other: cookies, and the sessions whose ids stand in them (RFC 6265).

import type {EventOf, TraceEvent} from '../../sim/trace.ts';
import type {HttpNote} from '../../stack/http/note.ts';
import {foreign} from '../foreign.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';

type CookieNote = Extract<HttpNote, {kind: 'cookie'}>;
type Noted = Omit<EventOf<'note'>, 'note'> & {readonly note: CookieNote};

/** What the account tells of. */
const toldOps: ReadonlySet<CookieNote['op']> = new Set(['stored', 'refused', 'withheld', 'dropped']);

const isTold = (event: TraceEvent): event is TraceEvent & Noted =>
  event.kind === 'note' && event.note.kind === 'cookie' && toldOps.has(event.note.op);

/** By what cookies are told in one sentence: the same happens to them, for the same host and the same reason. */
const alikeAs = ({host, because, note}: Noted): string =>
  [host, note.op, note.domain, because, note.op === 'withheld' ? note.reason : ''].join(' ');

const cookieTold = (alike: readonly Noted[]): Told | undefined => {
  const [first] = alike;
  if (!first) return undefined;
  const {n, host, note, because} = first;
  const {op, domain} = note;
  if (op === 'sent' || op === 'expired') return undefined;
  const names = alike.map((each) => each.note.name);
  return {
    ...{says: 'cookies', n, rank: 1, most: 2, about: [`cookie ${op} ${names.join(' ')}`]},
    facts: {
      ...{host, op, names: names.map(foreign), domain: foreign(domain)},
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

export const cookiesTold = ({events}: Moment): readonly Told[] => {
  const noted = events.filter(isTold);
  const kinds = new Set(noted.map(alikeAs));
  return [
    ...events.flatMap((event) => sessionTold(event) ?? []),
    ...[...kinds].flatMap((kind) => cookieTold(noted.filter((each) => alikeAs(each) === kind)) ?? []),
  ];
};
