// Makes the account's sentences on what programs ask and answer: DNS names, HTTP pages, cookies and TLS handshakes.

import type {TlsTold} from '../../sim/tls-host.ts';
import {awaitsEarly} from '../../sim/tls-state.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {sameBytes} from '../../wire/octets.ts';
import {entriesOf, sameTimeAs, worldAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import {cookiesTold} from './cookies.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {isKeptBack} from './moment.ts';
import {namesTold} from './names.ts';
import {pagesTold} from './pages.ts';

type Early = Facts['earlyData']['what'];

/**
 * The word for what happens to TLS early data, by the rule that decided it. Both ends have a word for acceptance: the server takes them,
 * and the client learns of that.
 */
const earlyWords: {readonly [because: string]: Early} = {
  '9846:4.3.10/offer': 'offered',
  '9846:4.3.10/take': 'taken',
  '9846:4.3.10/refuse': 'refused',
  '9846:4.3.10/accept': 'heard',
};

/**
 * Returns the host that first sent TLS early data, and when, if another host replays them. Their keys come only from ticket and ClientHello
 * (RFC 9846 §7.1), so a sender that uses the same ones without having made them replays data.
 */
const replayedIn = ({trace}: Moment, {n, host, connection}: TraceEvent): Facts['earlyData']['replayed'] => {
  const arrival = [...entriesOf(trace, 'arrive')].findLast((event) => event.n < n && event.host === host);
  const secrets = [...entriesOf(trace, 'tls')].flatMap(({what, ...event}) =>
    what.kind === 'secret' && what.label === 'CLIENT_EARLY_TRAFFIC_SECRET' ? [{...event, what}] : [],
  );
  const own = secrets.findLast(
    (event) => event.n < n && event.host === host && event.connection === connection,
  );
  const first = secrets.find(({what}) => own && sameBytes(what.secret, own.what.secret));
  if (!arrival || !first || packetOf(trace, arrival.packet).from === first.host) return undefined;
  return {from: first.host, atUs: first.atUs};
};

/**
 * Tells whether a server still waits for TLS early data at the end of this time: the ClientHello may arrive alone, and then the server has
 * only agreed to take them.
 */
const isComing = ({trace}: Moment, {n, host, connection = ''}: TraceEvent): boolean => {
  const own = worldAt(trace, sameTimeAs(trace, n).at(-1)?.n ?? n)?.hosts[host];
  return own !== undefined && awaitsEarly(own, connection);
};

const earlyTold = (moment: Moment, event: TraceEvent, what: TlsTold): Told | undefined => {
  const {n, host, because} = event;
  const unheard = what.kind === 'earlyRefused' && (what.again ? 'resent' : 'unheard');
  const said: Early | undefined = unheard || earlyWords[because ?? ''];
  const word = said === 'taken' && isComing(moment, event) ? 'agreed' : said;
  const replayed = word === 'taken' ? replayedIn(moment, event) : undefined;
  return (
    word && {
      says: 'earlyData',
      n,
      rank: 1,
      most: 2,
      about: [`early ${host} ${word}${replayed ? ' again' : ''}`],
      facts: {host, what: word, replayed},
    }
  );
};

/**
 * Tells how an end of a TLS connection knows that early data were accepted: a client that sent them relies on the server's word; the server
 * has read all of them before Finished.
 */
const earlyOf = ({trace}: Moment, {host, connection}: TraceEvent): Facts['secured']['early'] =>
  [...entriesOf(trace, 'tls')].some(
    ({what, ...event}) =>
      event.host === host &&
      event.connection === connection &&
      what.kind === 'earlyData' &&
      what.op === 'offered',
  )
    ? 'said'
    : 'read';

const helloTold = (
  moment: Moment,
  event: TraceEvent,
  what: Extract<TlsTold, {kind: 'message'}>,
): Told | undefined => {
  if (what.op !== 'sent' || !/^(client|server)_hello$/.test(what.name)) return undefined;
  const {n, host, connection = ''} = event;
  const sent = moment.events.filter(
    (each) =>
      each.kind === 'tls' && each.what.kind === 'message' && each.what.op === 'sent' && each.host === host,
  );
  const by = what.name === 'client_hello' ? 'client' : 'server';
  const waits = isKeptBack(moment, event);
  const about = [`hello ${host}`, `hello ${connection} ${by}`];
  return {says: 'hello', n, rank: 2, most: 3, about, facts: {host, by, more: sent.length - 1, waits}};
};

/** Makes the sentence on what a leaked private key decrypts of a recorded TLS connection. */
const leakTold = (
  {n, host}: TraceEvent,
  what: Extract<TlsTold, {kind: 'recovered' | 'unrecovered'}>,
): Told => {
  const common = {n, rank: 0, most: 2, about: [`recovers ${n}`]} as const;
  if (what.kind === 'unrecovered') return {...common, says: 'recoversNot', facts: {host, why: what.why}};
  const {client, server} = what;
  return {...common, says: 'recovers', facts: {host, client: client.length, server: server.length}};
};

const tlsTold = (moment: Moment, event: TraceEvent, what: TlsTold): Told | undefined => {
  const {n, host} = event;
  const common = {n, most: 3} as const;
  switch (what.kind) {
    case 'message':
      return helloTold(moment, event, what);
    case 'established': {
      const {version, resumed, earlyData} = what.agreement;
      return {
        ...common,
        rank: 1,
        says: 'secured',
        about: [`secured ${host}`],
        facts: {host, version, resumed, early: earlyData === 'accepted' ? earlyOf(moment, event) : 'none'},
      };
    }
    case 'alert':
      return what.name === 'close_notify'
        ? undefined
        : {
            ...common,
            rank: 0,
            says: 'alerts',
            about: [`alert ${host}`],
            facts: {
              ...{host, name: what.name, sent: what.op === 'sent', fatal: what.fatal},
              waits: what.op === 'sent' && isKeptBack(moment, event),
            },
          };
    case 'session': {
      const {lifetimeS} = what.session;
      return {
        ...common,
        rank: 3,
        most: 1,
        says: 'keepsTicket',
        about: [`ticket ${host}`],
        facts: {host, lifetimeS},
      };
    }
    case 'earlyData':
    case 'earlyRefused':
      return earlyTold(moment, event, what);
    case 'recovered':
    case 'unrecovered':
      return leakTold(event, what);
    case 'pathFault':
      return {
        ...common,
        rank: 0,
        says: 'distrusts',
        about: [`distrusts ${host}`],
        facts: {host, fault: what.fault},
      };
    default:
      return undefined;
  }
};

const eventTold = (moment: Moment, event: TraceEvent): Told | undefined => {
  const named = namesTold(moment, event);
  if (named) return named;
  if (event.kind === 'note') return pagesTold(moment, event);
  return event.kind === 'tls' ? tlsTold(moment, event, event.what) : undefined;
};

export const programsTold = (moment: Moment): readonly Told[] => [
  ...moment.events.flatMap((event) => eventTold(moment, event) ?? []),
  ...cookiesTold(moment),
];
