// What a capture can show of a TCP connection, before anything is said about causes: whether both directions are in the file, where it was
// taken, what it lacks. Each member may be unknown, and who needs it says nothing then.
import {seqLe} from '../wire/seq.ts';
import {leastUserPort} from '../wire/service-port.ts';
import {serviceOn} from '../wire/usual-services.ts';
import {leastTimerUs} from './bounds.ts';
import type {CaptureInspector} from './capture-inspector.ts';
import {other, type Side} from './connections.ts';
import {joinUs} from './file-course.ts';
import type {Endpoint, ObservedConnection} from './observed-connection.ts';
import {bearingOf} from './vantage.ts';

export type Sight = {
  /**
   * `both`: what each end sends would be in the file. `one`: acknowledgments of the only end in the file show that the other one sent
   * something, which the file lacks.
   */
  readonly directions: 'both' | 'one' | 'unknown';
  /** Where the capture was taken, by the round trips to both ends. */
  readonly place: 'client' | 'server' | 'between' | 'unknown';
  /** Whether octets were acknowledged that are not in the file. */
  readonly gaps: 'none' | 'some' | 'unknown';
  readonly beginning: 'seen' | 'middle' | 'unknown';
  /** What tells which end is the client: a SYN (`seen`), a known port (`port`), or nothing but a guess. */
  readonly roles: 'seen' | 'port' | 'guessed' | 'unknown';
  /**
   * `twice`: the file has each packet twice. `across`: the packets of this connection were also captured behind a device. `aside`: this is
   * such a second capture of another connection, which is told from the first one.
   */
  readonly copies: 'none' | 'twice' | 'across' | 'aside' | 'unknown';
  /** Whether the packets stand in the order of their times. */
  readonly clock: 'forward' | 'backward' | 'unknown';
  /**
   * `left`: a network card fills them in. `edited`: wrong sums, but the other end acknowledged the very octets. `wrong`: damaged on the way.
   */
  readonly checksums: 'right' | 'left' | 'edited' | 'wrong' | 'unknown';
  /** Whether the file has all octets of its packets. */
  readonly snapped: 'whole' | 'cut' | 'unknown';
};

export type Sights = {
  /** What the file shows as a whole; members that only a connection has are unknown. */
  readonly file: Sight;
  readonly of: (connection: ObservedConnection) => Sight;
  /** Tells whether a host has sent at least one packet in the file. */
  readonly speaks: (address: string) => boolean;
};

const sides = [0, 1] as const;

type Own = Omit<Sight, 'directions' | 'copies'>;

const silentSide = (connection: ObservedConnection): Side | undefined =>
  sides.find((side) => connection.half(side).segments === 0);

/** Tells whether the file lacks what one end of the connection sends: the other end's acknowledgments show that it sent something. */
const lacksDirection = (connection: ObservedConnection): boolean => {
  const silent = silentSide(connection);
  return silent !== undefined && connection.half(other(silent)).ackMoves;
};

/** Returns the hosts that have sent at least one packet in the file. */
const speakingIn = ({connections, udp, icmp}: CaptureInspector): ReadonlySet<string> => {
  const hosts = new Set<string>();
  for (const each of connections)
    for (const side of sides) if (each.half(side).segments > 0) hosts.add(each.ends[side].address);
  for (const {ends, ways} of udp.all)
    for (const side of sides) if (ways[side].datagrams > 0) hosts.add(ends[side].address);
  for (const {from, to, answered} of icmp.echoes) {
    hosts.add(from);
    if (answered > 0) hosts.add(to);
  }
  return hosts;
};

const placeOf = ({flightTimes, client}: ObservedConnection): Sight['place'] => {
  const bearing = bearingOf(flightTimes.rounds);
  if (!bearing) return 'unknown';
  if (bearing.exact[client]) return 'client';
  return bearing.exact[other(client)] ? 'server' : 'between';
};

/** Tells whether octets of one end were acknowledged that are not in the file. One missing number may be that of a FIN. */
const hasGap = (connection: ObservedConnection, side: Side): boolean => {
  const half = connection.half(side);
  const {heard} = connection.half(other(side));
  return half.segments > 0 && heard !== undefined && half.ranges.missing(heard.ack) > 1;
};

const gapsOf = (connection: ObservedConnection): Sight['gaps'] => {
  if (silentSide(connection) !== undefined) return 'unknown';
  // On a quiet connection nobody acknowledged what is missing.
  return !connection.isQuiet && sides.some((side) => hasGap(connection, side)) ? 'some' : 'none';
};

const isService = ({port}: Endpoint): boolean => port < leastUserPort || serviceOn('tcp', port) !== undefined;

const rolesOf = ({course, counts, ends: [a, b]}: ObservedConnection): Sight['roles'] => {
  if (course.synFrom !== undefined || counts.synAck > 0) return 'seen';
  return isService(a) === isService(b) ? 'guessed' : 'port';
};

/**
 * Returns how many segments of an end were damaged: their checksum is wrong, and they were sent again or never acknowledged. Whoever
 * acknowledged a segment got it whole, so its wrong checksum was made later, in the file.
 */
export const damagedOn = (connection: ObservedConnection, side: Side): number => {
  const {checks, nextSeq} = connection.half(side);
  const ack = connection.half(other(side)).heard?.ack;
  if (!checks || checks.wrong === 0) return 0;
  if (connection.isQuiet && ack !== undefined && nextSeq !== undefined && seqLe(nextSeq, ack)) return 0;
  // Asking for reasons explains a quiet connection, and only then its damaged segments are known one by one.
  connection.reasons(side);
  return checks.damaged(ack);
};

const checksumsOf = (connection: ObservedConnection): Sight['checksums'] => {
  const all = sides.flatMap((side) => connection.half(side).checks ?? []);
  if (all.some(({left}) => left > 0)) return 'left';
  if (!all.some(({wrong}) => wrong > 0)) return 'right';
  return sides.some((side) => damagedOn(connection, side) > 0) ? 'wrong' : 'edited';
};

/** Returns what the file shows of a connection's times: nothing if the file joins captures and the connection lasts from one to the next. */
const clockOf = ({disordered, firstUs, lastUs}: ObservedConnection): Sight['clock'] => {
  if (lastUs - firstUs > joinUs) return 'unknown';
  return disordered ? 'backward' : 'forward';
};

/** The fewest packets of a file that counts as captured twice: half of its frames are then copies, except for the share `mostAlone`. */
const leastTwice = 4;
const mostAlone = 0.05;

/** Tells whether the file has each packet twice. */
export const isTwice = ({file: {frames, twice}}: CaptureInspector): boolean =>
  frames >= leastTwice && frames - 2 * twice.copies <= frames * mostAlone;

const nothingOwn: Own = {
  ...({place: 'unknown', gaps: 'unknown', beginning: 'unknown'} as const),
  ...({roles: 'unknown', clock: 'unknown', checksums: 'unknown', snapped: 'unknown'} as const),
};

/** Returns the sight of a connection. Most findings ask for few members, and some take time, so each is found out when somebody asks. */
const sightOf = (
  connection: ObservedConnection,
  directions: () => Sight['directions'],
  copies: () => Sight['copies'],
): Sight => ({
  get directions() {
    return directions();
  },
  get place() {
    return placeOf(connection);
  },
  get gaps() {
    return gapsOf(connection);
  },
  get beginning() {
    return connection.counts.syn + connection.counts.synAck > 0 ? 'seen' : 'middle';
  },
  get roles() {
    return rolesOf(connection);
  },
  get copies() {
    return copies();
  },
  get clock() {
    return clockOf(connection);
  },
  get checksums() {
    return checksumsOf(connection);
  },
  get snapped() {
    return sides.some((side) => connection.half(side).isCut) ? 'cut' : 'whole';
  },
});

/** Returns what a capture can show, as a whole and of each connection. A capture that grows needs another one for each look. */
export const sightsOf = (inspector: CaptureInspector): Sights => {
  const {connections, crossings, cut, file} = inspector;
  const isOneSided = connections.some(lacksDirection);
  const hasBoth = connections.some((each) => silentSide(each) === undefined);
  const twice = isTwice(inspector) ? 'twice' : 'none';
  let speaking: ReadonlySet<string> | undefined;
  const speaks = (address: string): boolean => {
    speaking ??= speakingIn(inspector);
    return speaking.has(address);
  };
  const directionsOf = (connection: ObservedConnection): Sight['directions'] => {
    const silent = silentSide(connection);
    if (silent === undefined) return 'both';
    if (lacksDirection(connection)) return 'one';
    // An end that repeats itself has heard nothing; a file with a direction less would not show that it repeats.
    const {counts, firstUs, lastUs} = connection;
    const isAgain = counts.resent > 0 || counts.syn - counts.copiedSyn > 1;
    const repeats = isAgain && lastUs - firstUs >= leastTimerUs;
    if (speaks(connection.ends[silent].address) || repeats) return 'both';
    return isOneSided ? 'unknown' : 'both';
  };
  const known = new Map<ObservedConnection, Sight>();
  return {
    speaks,
    file: {
      ...nothingOwn,
      directions: isOneSided && !hasBoth ? 'one' : 'both',
      copies: twice,
      clock: file.backwards.frames > 0 ? 'backward' : 'forward',
      snapped: cut > 0 ? 'cut' : 'whole',
    },
    of: (connection) => {
      const before = known.get(connection);
      if (before) return before;
      const sight = sightOf(
        connection,
        () => directionsOf(connection),
        () => crossings.of(connection) ?? twice,
      );
      known.set(connection, sight);
      return sight;
    },
  };
};
