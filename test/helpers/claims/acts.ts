// What hosts do in the instant that a message is about: which states, which segments, with whom.
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {flagsOf, type Of, type Passing, type Seen, segmentOf} from './seen.ts';
import type {Claims} from './told-rows.ts';

/** The last state of a connection in this instant: what it only passes through is not where it stands. */
const stays = (said: Seen, host: string): readonly Of<'state'>[] =>
  said
    .now('state', host)
    .filter(({connection, n}, _, all) =>
      all.every((later) => later.n <= n || later.connection !== connection),
    );

export const enters = (said: Seen, host: string, state: string): boolean =>
  stays(said, host).some(({to}) => to === state);

export const leaves = (said: Seen, host: string, state: string): boolean =>
  said.now('state', host).some(({from}) => from === state);

export const sends = (
  said: Seen,
  host: string,
  flags: RegExp,
  numbers: {readonly seq?: number; readonly ack?: number} = {},
): boolean =>
  said
    .sent(host)
    .some(
      ({segment}) =>
        flags.test(flagsOf(segment)) &&
        (numbers.seq === undefined || segment.seq === numbers.seq) &&
        (numbers.ack === undefined || segment.ack === numbers.ack),
    );

export const gets = (said: Seen, host: string, flags: RegExp): boolean =>
  said.came(host).some(({segment}) => flags.test(flagsOf(segment)));

export const forgets = (said: Seen, host: string): Claims => ({
  'it has no record any more': enters(said, host, 'CLOSED'),
});

/** Something of this instant comes from there, or leaves for it. */
export const isWith = (said: Seen, {host, peer}: {readonly host: string; readonly peer: string}): boolean =>
  said.now('arrive', host).some(({packet}) => packet > 0 && said.trace.packet(packet).from === peer) ||
  said.now('send', host).some(({packet}) => packet > 0 && said.trace.packet(packet).to === peer);

/** From the port that this one is for, to the one that it is from. */
export const isBack = (own: TcpSegment, came: TcpSegment): boolean =>
  own.srcPort === came.dstPort && own.dstPort === came.srcPort;

/** The segments with an ACK that leave between these ports in this instant. */
const acksNow = (said: Seen, host: string, came: readonly Passing[]): readonly Passing[] =>
  said
    .sent(host)
    .filter(({segment}) => hasFlag(segment, 'ACK') && came.every((each) => isBack(segment, each.segment)));

/** That number leaves in answer to what came; undefined: none does. */
export const says = (said: Seen, host: string, ack: number | undefined): boolean => {
  const acks = acksNow(said, host, said.came(host));
  return ack === undefined ? acks.length === 0 : acks.some(({segment}) => segment.ack === ack);
};

/** The segment before it on the same way had the same number in its ACK. */
export const saysAgain = (said: Seen, host: string): boolean => {
  const [now] = acksNow(said, host, said.came(host));
  const before = said
    .sentEver(host)
    .findLast(
      ({segment, event}) =>
        now !== undefined &&
        event.n < now.event.n &&
        hasFlag(segment, 'ACK') &&
        segment.srcPort === now.segment.srcPort &&
        segment.dstPort === now.segment.dstPort,
    );
  return now !== undefined && before?.segment.ack === now.segment.ack;
};

/** From either end, since the connection that ends now began. */
export const finHasLeft = (said: Seen, host: string): boolean =>
  said.now('state', host).some(({connection = '', n}) => {
    const events = said.past.filter((event) => event.n < n);
    const began =
      events.findLast(
        (event) =>
          event.kind === 'state' && event.connection === connection && /CLOSED|LISTEN/.test(event.from ?? ''),
      )?.n ?? 0;
    const isFin = ({packet}: {packet: number}): boolean => {
      const segment = packet > 0 ? segmentOf(said.trace, packet) : undefined;
      return segment !== undefined && hasFlag(segment, 'FIN');
    };
    return events.some(
      (event) =>
        event.n > began &&
        event.kind === 'send' &&
        (event.connection === connection || event.connection === farEndOf(connection)) &&
        isFin(event),
    );
  });
