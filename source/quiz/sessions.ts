// Quiz questions about login sessions on a web server (RFC 6265 §8.4): as which user the server treats whoever sends a session id.
import {entriesOf, worldAt} from '../account/entries.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import {timeText} from '../lesson/value.ts';
import {sessionTableOn} from '../sim/http-apps.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {sessionFor} from '../words/catalogue/ask-cookies.ts';
import {exchanges, fieldOf} from './http-exchanges.ts';
import {instantBefore} from './instants.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {byClause, listedKind} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {secondsAs} from './times.ts';

/**
 * A session in a web server's table, as a question prints it; `to` is the host that was given the id, `user` is empty if nobody logged in.
 */
type Row = {readonly id: string; readonly to: string; readonly user: string; readonly usedUs: number};
type SessionGivens = {
  readonly from: string;
  readonly atUs: number;
  readonly rows: readonly Row[];
  readonly limitUs: number;
  readonly id: string;
};

const rowFor = ({rows, id, limitUs, atUs}: SessionGivens): Row | undefined =>
  rows.find((each) => each.id === id && atUs - each.usedUs < limitUs);

const nobody = 'nobody';
const own = 'own';
const noRow: Row = {id: '', to: '', user: '', usedUs: 0};

/** Returns the answer for a session's owner: the user who logged in, or `#` and the id of the session if nobody did. */
const bearer = ({user, id}: Row): string => (user === '' ? `#${id}` : user);

const givenTo = (trace: Trace, id: string): string =>
  exchanges(trace).find(({response}) => fieldOf(response.head, 'set-cookie')?.includes(id))?.connection
    .client ?? '';

const sessionFound = (
  trace: Trace,
  entry: EventOf<'note'>,
): readonly (Found<SessionGivens> | Rejection)[] => {
  const {note, n, host, atUs} = entry;
  if (note.kind !== 'session' || !['found', 'unknown', 'expired'].includes(note.op)) return [];
  const exchange = exchanges(trace).findLast(
    ({request, connection}) => connection.server === host && request.began.n < n,
  );
  const before = worldAt(trace, instantBefore(trace, n))?.hosts[host];
  const table = before && sessionTableOn(before, atUs);
  const cookie = exchange && fieldOf(exchange.request.head, 'cookie');
  const id = cookie?.split('=')[1]?.slice(0, 32);
  if (!exchange || !table || table.length === 0 || id === undefined) return ['hidden'];
  const rows = table.map((each) => ({
    id: each.id,
    to: givenTo(trace, each.id),
    user: each.user ?? '',
    usedUs: each.usedUs,
  }));
  const [{limitUs = 0} = {}] = table;
  const row = rows.find((each) => each.id === id);
  // The client itself was given this session id, and the question prints that, so the answer would be trivial.
  if (note.op === 'found' && row?.to === exchange.connection.client) return ['trivial'];
  const did = note.op === 'found' && row ? bearer(row) : nobody;
  return [
    {
      givens: {from: exchange.connection.client, atUs, rows, limitUs, id},
      ...{did, n, evidence: byClause(exchange.asks, '6265 §8.4', did)},
    },
  ];
};

export const sessionForKind = listedKind<SessionGivens>({
  kind: 'session-for',
  form: 'choice',
  all: (trace) => [...entriesOf(trace, 'note')].flatMap((entry) => sessionFound(trace, entry)),
  ask({from, atUs, rows, limitUs, id}, called) {
    const seconds = secondsAs([atUs, ...rows.map(({usedUs}) => usedUs)]);
    return [
      wordedWithNames(sessionFor.given, {limit: timeText(limitUs)}),
      ...rows.map((row) =>
        valuesLine(
          wordedWithNames(sessionFor.row, {...row, to: called(row.to).within, used: seconds(row.usedUs)}),
        ),
      ),
      wordedWithNames(sessionFor.comes, {from: called(from).within, at: seconds(atUs)}),
      valuesLine(`Cookie: JSESSIONID=${id}`),
      sessionFor.asks,
    ];
  },
  solve(givens) {
    const row = rowFor(givens);
    const {explain, hints} = sessionFor;
    const isThere = givens.rows.some(({id}) => id === givens.id);
    return {
      answer: row ? bearer(row) : nobody,
      explain: row ? wordedWithNames(explain.found, {id: row.id}) : isThere ? explain.idle : explain.unknown,
      hints: [hints.id],
    };
  },
  beliefs: beliefsIn(sessionFor.beliefs, {
    'session-unforgeable': (givens) => {
      const row = rowFor(givens);
      return row && row.to !== givens.from ? nobody : undefined;
    },
    idle: (givens) => (rowFor(givens) ? nobody : undefined),
    own: () => own,
    last: (givens) => (rowFor(givens) ? undefined : bearer(givens.rows.at(-1) ?? noRow)),
    fresh: () => 'fresh',
  }),
  words(value) {
    const {choices} = sessionFor;
    if (value === nobody) return choices.nobody;
    if (value === own) return choices.own;
    if (value === 'fresh') return choices.fresh;
    return worded(value.startsWith('#') ? choices.row : choices.user, {who: value.replace('#', '')});
  },
});
