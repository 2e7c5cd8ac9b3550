// Notes about how connections open: handshakes that nobody completed, SYNs that crossed, options that a server left out, data in a SYN, an
// older connection between the same ports, and attempts over both families of addresses.
import type {DnsTransaction} from '../observe/dns-transactions.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {displayName} from '../wire/dns/display.ts';
import {grouped} from '../wire/grouped.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {OpeningId} from './ids.ts';
import {outcomeOf} from './outcome.ts';
import {isSix, octetsOn, other, serverOf} from './sides.ts';

type Found = readonly Finding<OpeningId>[];

/**
 * Finds handshakes in which the client never acknowledged the server's answer, or its host no longer knew the connection
 * (RFC 9293 §3.10.7.1).
 */
const neverOpened = (connection: ObservedConnection, evidence: Evidence): Found => {
  const {client, course, counts, id, lastUs} = connection;
  if (course.opening(client) !== 'half-open' || course.closing(client) === 'reset-by-server') return [];
  if (outcomeOf(evidence, connection).id === 'cut') return [];
  const {syns, synAcks} = connection.notes.openingFrames;
  const askedUs = course.openedUs(client) ?? lastUs;
  const answeredUs = course.openedUs(other(client)) ?? lastUs;
  const isReset = course.closing(client) === 'reset-by-client';
  const us = (isReset ? answeredUs : lastUs) - askedUs;
  const frames = [...syns.seen, ...synAcks.seen].map(({frame}) => frame).slice(0, 7);
  return [
    finding('never-opened', {
      about: {connection: id},
      frames: isReset ? [...frames, course.resetFrame] : frames,
      ...(isReset && {where: 'client'}),
      facts: {how: isReset ? 'reset' : 'silent', sent: counts.synAck - counts.copiedSynAck, us},
    }),
  ];
};

const crossed = (connection: ObservedConnection): Found => {
  const {client, course, id, firstFrame} = connection;
  return course.opening(client) === 'simultaneous'
    ? [
        finding('simultaneous-open', {
          ...{about: {connection: id}, certainty: 'proved', facts: {}},
          frames: [firstFrame, ...connection.notes.openingFrames.syns.seen.map(({frame}) => frame)],
        }),
      ]
    : [];
};

/** Finds options that the client offered and the server left out (RFC 7323 §2.2, RFC 2018 §2); timestamps alone are not worth telling. */
const declined = (connection: ObservedConnection): Found => {
  const {client, course, id, firstFrame} = connection;
  const offered = connection.half(client).options;
  const taken = connection.half(other(client)).options;
  if (course.opening(client) !== 'complete' || !offered || !taken || taken.unread) return [];
  const scale = offered.windowScale !== undefined && taken.windowScale === undefined;
  const sack = offered.sackPermitted && !taken.sackPermitted;
  if (!scale && !sack) return [];
  return [
    finding('options-declined', {
      ...{about: {connection: id}, certainty: 'proved'},
      frames: [
        firstFrame,
        ...connection.notes.openingFrames.synAcks.seen.slice(0, 1).map(({frame}) => frame),
      ],
      facts: {scale, sack},
    }),
  ];
};

const fastOpened = (connection: ObservedConnection): Found => {
  const {id, isQuiet} = connection;
  // A connection whose SYN carried data is not quiet.
  const fastOpen = isQuiet ? undefined : connection.notes.fastOpen;
  return fastOpen
    ? [
        finding('fast-open', {
          ...{about: {connection: id}, certainty: 'proved', frames: [fastOpen.frame]},
          facts: {bytes: fastOpen.bytes, taken: fastOpen.taken},
        }),
      ]
    : [];
};

/** Finds SYNs that the server answered with a challenge ACK, because it still had an older connection between these ports (RFC 5961 §4). */
const challenged = ({older, client, before, id, firstFrame}: ObservedConnection): Found =>
  older.challengeFrame > 0
    ? [
        finding('challenge-ack', {
          ...{about: {connection: id}, certainty: 'proved'},
          frames: [firstFrame, older.challengeFrame, older.resetFrame].filter((frame) => frame > 0),
          facts: {
            ...{by: client === 0 ? 'server' : 'client', before: before?.id ?? 0},
            ...{challenge: older.challengeFrame, reset: older.resetFrame},
          },
        }),
      ]
    : [];

/** The longest time in µs that RFC 8305 §8 lets a client wait before it tries the next address. */
const mostDelayUs = 2_000_000;

/** Returns the DNS names that were looked up, by the addresses in the answers. */
const namesIn = (dns: readonly DnsTransaction[]): ReadonlyMap<string, string> =>
  new Map(
    dns.flatMap(({question, response}) =>
      (response?.answers ?? []).flatMap(({data}) =>
        question && 'address' in data ? [[data.address, displayName(question.name)] as const] : [],
      ),
    ),
  );

/** Finds clients that tried an IPv6 and an IPv4 address of one name shortly after each other and used one of them (RFC 8305 §5). */
const bothFamilies = ({connections, dns}: Evidence): Found => {
  if (new Set(connections.map((each) => isSix(serverOf(each).address))).size < 2) return [];
  const names = namesIn(dns);
  const named = connections.flatMap((connection) => {
    const {address, port} = serverOf(connection);
    const name = names.get(address);
    return name === undefined ? [] : [{connection, name, site: `${name} ${port}`}];
  });
  return grouped(named, ({site}) => site).flatMap((all) =>
    all.slice(1).flatMap(({connection: second, name}, index): Found => {
      const first = all[index]?.connection;
      if (!first || second.firstUs - first.firstUs > mostDelayUs) return [];
      const [one, two] = [serverOf(first).address, serverOf(second).address];
      const isFirstUsed = octetsOn(first) > 0;
      if (isSix(one) === isSix(two) || isFirstUsed === octetsOn(second) > 0) return [];
      const [asked, answered] = [first.client, other(first.client)].map((side) =>
        first.course.openedUs(side),
      );
      const lateUs = answered === undefined || asked === undefined ? 0 : answered - asked;
      return [
        finding('two-families', {
          ...{about: {connection: first.id}, frames: [first.firstFrame, second.firstFrame]},
          facts: {
            ...{name, first: one, second: two, used: isFirstUsed ? one : two},
            ...{us: second.firstUs - first.firstUs, lateUs: isFirstUsed ? 0 : lateUs},
          },
        }),
      ];
    }),
  );
};

const notesOnOpening = [neverOpened, crossed, declined, fastOpened, challenged];

export const openingNotesOn = (evidence: Evidence, connection: ObservedConnection): Found =>
  notesOnOpening.flatMap((each) => each(connection, evidence));

export const openingNotes = bothFamilies;
