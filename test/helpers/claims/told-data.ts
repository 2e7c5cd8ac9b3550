// What is told of data that leave and come, judged by raw events: bytes and numbers, gaps, what comes twice, who has it all.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {isBack, isWith, says, saysAgain} from './acts.ts';
import {hasArrived, isThrown, isUnheard} from './arrived.ts';
import {isOneWay, type Passing, repairTimers, type Seen, segmentOf} from './seen.ts';
import type {Claims, ToldRows} from './told-rows.ts';

/** New data that leave now. */
export const sentData = (said: Seen, host: string): readonly Passing[] =>
  said
    .sent(host)
    .filter(
      ({segment, event}) => segment.payload.length > 0 && !(event.kind === 'send' && event.retransmission),
    );

export const sum = (segments: readonly Passing[]): number =>
  segments.reduce((all, {segment}) => all + segment.payload.length, 0);

/** Whether the network card cuts what leaves, or some of it. */
export const cutOf = (said: Seen, host: string, segments: readonly Passing[]): 'all' | 'some' | undefined => {
  const [first] = segments;
  const mss = said
    .connections(host, 'after')
    .find(
      ({local, remote}) => local.port === first?.segment.srcPort && remote.port === first.segment.dstPort,
    )?.mss;
  const larger = segments.filter(({segment}) => segment.payload.length > (mss ?? Infinity));
  if (larger.length === 0) return undefined;
  return larger.length === segments.length ? 'all' : 'some';
};

/** New data of the same connection, in an instant of the same time. */
const sendsBesides = (said: Seen, host: string): boolean => {
  const told = sentData(said, host).map(({event}) => event);
  return said
    .sentInAll(host)
    .some(
      ({segment, event}) =>
        event.atUs === said.atUs &&
        segment.payload.length > 0 &&
        !(event.kind === 'send' && event.retransmission) &&
        told.every(({n, connection}) => n !== event.n && connection === event.connection),
    );
};

/** Whoever is to acknowledge it has that connection; behind NAT under another port (RFC 9293 §3.10.7.1). */
const isHeard = (said: Seen, [first]: readonly Passing[], isTold: boolean): boolean => {
  if (!first) return false;
  const {srcPort, dstPort} = first.segment;
  const there = said
    .connections(said.trace.packet(first.event.packet).to, 'after')
    .filter(({local}) => local.port === dstPort);
  return isTold ? there.length > 0 : there.every(({remote}) => remote.port !== srcPort);
};

const endOf = ({seq, payload, ...rest}: TcpSegment): number =>
  (seq + payload.length + (hasFlag({seq, payload, ...rest}, 'FIN') ? 1 : 0)) >>> 0;

const isRenumbered = (said: Seen, {segment, event}: Passing): boolean =>
  segmentOf(said.trace, event.packet)?.seq !== segment.seq;

/** The connection of what comes now. */
const ownOf = (said: Seen, host: string, when: 'before' | 'after'): Connection | undefined => {
  const [come] = said.came(host);
  return said
    .connections(host, when)
    .find(({local, remote}) => local.port === come?.segment.dstPort && remote.port === come.segment.srcPort);
};

type Span = {readonly from: number; readonly to: number};

/** What is kept behind the first number that is missing, counted from that. */
const keptBehind = (said: Seen, host: string, ack: number): readonly Span[] =>
  (ownOf(said, host, 'before')?.reassembly ?? []).map(({seq, data}) => {
    const from = (seq - ack) | 0;
    return {from, to: from + data.length};
  });

const isIn = (spans: readonly Span[], place: number): boolean =>
  spans.some(({from, to}) => from <= place && place < to);

/** That many numbers in a row are missing from there on, and not one more: what comes now ends it, or what had come. */
const isGap = (
  said: Seen,
  host: string,
  {seq, bytes}: Facts['outOfOrder']['missing'],
  ack: number,
): boolean => {
  const [come] = said.came(host);
  if (!come || bytes < 1) return false;
  const kept = keptBehind(said, host, ack);
  const own = (come.segment.seq - ack) | 0;
  const first = (seq - ack) | 0;
  const isMissing = (place: number): boolean => !isIn(kept, place) && place < own;
  const all = Array.from({length: bytes}, (_, nth) => first + nth);
  return all.every(isMissing) && !isMissing(first + bytes) && (first === 0 || !isMissing(first - 1));
};

/** Nothing else is missing between the end of this gap and what comes. */
const isLastGap = (
  said: Seen,
  host: string,
  {seq, bytes}: Facts['outOfOrder']['missing'],
  ack: number,
): boolean => {
  const [come] = said.came(host);
  const kept = keptBehind(said, host, ack);
  const own = ((come?.segment.seq ?? ack) - ack) | 0;
  const end = ((seq - ack) | 0) + bytes;
  return Array.from({length: Math.max(0, own - end)}, (_, nth) => end + nth).every((place) =>
    isIn(kept, place),
  );
};

/** All of what comes now lies in one block that had come before. */
const isKept = (said: Seen, host: string): boolean => {
  const [come] = said.came(host);
  const {seq = 0, payload} = come?.segment ?? {};
  return keptBehind(said, host, seq).some(({from, to}) => from <= 0 && (payload?.length ?? 0) <= to);
};

/** The byte that is asked for was sent and has not come, but something behind it has. */
const isMissingStill = (said: Seen, host: string, ack: number): boolean => {
  const [come] = said.came(host);
  const isIts = ({segment}: Passing): boolean => come !== undefined && isOneWay(segment, come.segment);
  const offset = ({segment}: Passing): number => (ack - segment.seq) | 0;
  return (
    !hasArrived(said, host, ack) &&
    said
      .sentEver()
      .some((each) => isIts(each) && offset(each) >= 0 && offset(each) < each.segment.payload.length) &&
    (ownOf(said, host, 'after')?.reassembly.length ?? 0) > 0
  );
};

/** Of what came in earlier instants something lies between what was expected before and what is expected now. */
const goesAlong = (said: Seen, host: string, ack: number): boolean =>
  (ownOf(said, host, 'before')?.reassembly ?? []).some(({seq}) => ((seq - ack) | 0) < 0);

/** Bytes that came under another number than their own were taken for some of these. */
const hasWrong = (said: Seen, host: string, ack: number): boolean => {
  const next = ownOf(said, host, 'before')?.rcv.nxt ?? ack;
  const [come] = said.came(host);
  return said
    .cameEver(host)
    .some(
      (each) =>
        come !== undefined &&
        isOneWay(each.segment, come.segment) &&
        isRenumbered(said, each) &&
        !isThrown(said, each.event) &&
        ((each.segment.seq - ack) | 0) < 0 &&
        ((each.segment.seq + each.segment.payload.length - next) | 0) > 0,
    );
};

/** A FIN in what left without one. */
const isForged = (said: Seen, host: string): boolean =>
  said.came(host).some(({segment, event}) => {
    const left = segmentOf(said.trace, event.packet);
    return hasFlag(segment, 'FIN') && left !== undefined && !hasFlag(left, 'FIN');
  });

/** Has its alleged sender sent one since it began this connection? */
const hasSentFin = (said: Seen, host: string): boolean =>
  said.came(host).some(({event}) => {
    const {sendEvent, from} = said.trace.packet(event.packet);
    const {connection} = said.trace.event(sendEvent);
    const began = said
      .ever('state', from)
      .findLast((each) => each.connection === connection && /CLOSED|LISTEN/.test(each.from ?? ''));
    return said
      .sentEver(from)
      .some(
        (each) =>
          each.event.connection === connection &&
          each.event.n >= (began?.n ?? 0) &&
          hasFlag(each.segment, 'FIN'),
      );
  });

const newlyKept = (said: Seen, host: string): number => {
  const [before, after] = (['before', 'after'] as const).map(
    (when) => ownOf(said, host, when)?.receiveBuffer.length ?? 0,
  );
  return (after ?? 0) - (before ?? 0);
};

/** A timer runs by now after which something of that connection is sent again. */
const repairs = (said: Seen, host: string): boolean =>
  Object.entries(ownOf(said, host, 'after')?.timers ?? {}).some(
    ([name, us]) => us !== undefined && repairTimers.has(name),
  );

const gapFacts = (said: Seen, {host, ack, again}: {host: string; ack: number; again: boolean}): Claims => ({
  'what it says': says(said, host, ack),
  'said before': saysAgain(said, host) === again,
  'nothing is delivered': said.handedOver(host) === 0,
});

export const flowRows = {
  sends: ({host, peer, seq, bytes, segments, cut, end, probe, besides}, said) => {
    const sent = sentData(said, host);
    const last = sent.at(-1)?.segment;
    return {
      bytes: sum(sent) === bytes,
      'to whom': sent.every(({event}) => said.trace.packet(event.packet).to === peer),
      probe: probe === said.fired(host).some(({name}) => name === 'TLP'),
      'a probe promises nothing': !probe || end === undefined || undefined,
      'nor to nobody': probe || besides ? undefined : isHeard(said, sent, end !== undefined),
      'nothing was acknowledged meanwhile': probe ? isUnheard(said, host, sent) : undefined,
      'more leaves then': besides === (!probe && sendsBesides(said, host)),
      segments: sent.length === segments,
      'does a card cut': cut === cutOf(said, host, sent),
      seq: sent[0]?.segment.seq === seq,
      end: last && end !== undefined ? endOf(last) === end : undefined,
    };
  },
  outOfOrder: ({host, packet, had, missing, another, ack, again, sack, altered}, said) => {
    const [come] = said.came(host);
    return {
      ...gapFacts(said, {host, ack, again}),
      'which one': come?.event.packet === packet,
      'which bytes are missing': isGap(said, host, missing, ack),
      'the first or another': another === (missing.seq !== ack),
      'it is missing': !hasArrived(said, host, missing.seq) || altered,
      'had it that already': had === isKept(said, host),
      'whether SACK leaves': said
        .sent(host)
        .some(({segment}) => segment.options.some(({kind}) => kind === 'sack') === sack),
      'is its number altered': come && isRenumbered(said, come) === altered,
    };
  },
  finOutOfOrder: ({host, peer, missing, others, forged, ack, again, altered}, said) => {
    const [come] = said.came(host);
    const all = [missing, ...others];
    return {
      ...gapFacts(said, {host, ack, again}),
      'a FIN comes': said.came(host).some(({segment}) => hasFlag(segment, 'FIN')),
      'whose it seems': isWith(said, {host, peer}),
      'where it begins': missing.seq === ack,
      'which bytes are missing': all.every((each) => isGap(said, host, each, ack)),
      'that is all': isLastGap(said, host, all.at(-1) ?? missing, ack),
      'none is told twice': new Set(all.map(({seq}) => seq)).size === all.length,
      'whether somebody set it': isForged(said, host) === (forged !== undefined),
      'whether one has left': forged && hasSentFin(said, host) === forged.sent,
      'it comes now': forged && forged.kept === undefined,
      'the same state': said.now('state', host).length === 0,
      'is its number altered': come && isRenumbered(said, come) === altered,
    };
  },
  gapFilled: ({host, ack, bytes, open, altered}, said) => ({
    'what it says': says(said, host, ack),
    'what it hands over': said.handedOver(host) === bytes,
    'all before has come':
      hasArrived(said, host, ack - 1) || said.cameEver(host).some(({segment}) => hasFlag(segment, 'FIN')),
    'is more missing':
      altered && open === undefined ? undefined : isMissingStill(said, host, ack) === (open !== undefined),
    'does more go along': open === undefined ? undefined : goesAlong(said, host, ack) === (open === 'behind'),
    'are some renumbered': hasWrong(said, host, ack) === altered,
  }),
  delivered: ({host, bytes, ack, altered, kept, earlier}, said) => {
    const [come] = said.came(host);
    return {
      'so many': (kept ? newlyKept(said, host) : said.handedOver(host)) === bytes,
      'what it says': kept ? ownOf(said, host, 'after')?.rcv.nxt === ack : says(said, host, ack),
      'is it renumbered': (come !== undefined && isRenumbered(said, come)) === altered,
      'nobody gets them yet': kept ? said.handedOver(host) === 0 : undefined,
      'had some come before':
        earlier === (come !== undefined && !kept && come.segment.payload.length < bytes),
    };
  },
  allAcknowledged: ({host, ack, anew, over}, said) => ({
    'ack comes': said.came(host).some(({segment}) => segment.ack === ack),
    // Of that connection: the one whose acknowledgment came.
    all: said.came(host).some(({segment}) =>
      said
        .sentEver(host)
        .filter((each) => isBack(each.segment, segment))
        .filter((each) => !hasFlag(each.segment, 'RST'))
        .filter((each) => each.event.instant !== said.instant[0]?.instant)
        .every((each) => ((each.segment.seq + each.segment.payload.length - ack) | 0) <= 0),
    ),
    'a timer is stopped': said.stopsRepair(host),
    'does one start anew': repairs(said, host) === anew,
    'whose repair': over ? over.host === host && over.ack === ack : undefined,
  }),
} satisfies ToldRows;
