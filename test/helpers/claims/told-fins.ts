// What is told of FINs: whose they are, why they stay behind, what they acknowledge; judged by what left and what came.
import type {ForgedFin, OwnFin} from '../../../source/account/told/facts.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {hasFlag, segEnd, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {sends} from './acts.ts';
import {type Of, type Passing, type Seen, segmentOf} from './seen.ts';
import type {Claims} from './told-rows.ts';

type Ends = {readonly host: string; readonly peer: string};

/** The change of state of this instant into that state, or out of it. */
export const changeOf = (said: Seen, host: string, state: string): Of<'state'> | undefined =>
  said.now('state', host).findLast(({from, to}) => to === state || from === state);

const tcbAt = ({trace}: Seen, n: number, {host, connection = ''}: Of<'state'>): Connection | undefined =>
  trace.stateAt(n)?.hosts[host]?.tcp.connections.get(connection);

const tcbAfter = (said: Seen, state: Of<'state'> | undefined): Connection | undefined =>
  state && tcbAt(said, said.instant.at(-1)?.n ?? said.n, state);

const tcbBefore = (said: Seen, state: Of<'state'>): Connection | undefined =>
  tcbAt(said, said.before.length, state);

/** When the latest connection between these ends began at one of them. */
const began = (said: Seen, connection: string): number =>
  said
    .ever('state')
    .findLast((event) => event.connection === connection && /CLOSED|LISTEN/.test(event.from ?? ''))?.n ?? 0;

/** In which instant the host's own end did. */
const beganIn = (said: Seen, {connection = ''}: Of<'state'>): number =>
  said.trace.event(Math.max(1, began(said, connection))).instant;

/** What the other end has sent on this connection with a FIN in it; `end`: the number behind it. */
const farFins = (said: Seen, state: Of<'state'>, before = Infinity): readonly TcpSegment[] => {
  const far = farEndOf(state.connection ?? '');
  return said
    .sentEver()
    .filter(({event}) => event.connection === far && event.n < before && event.n >= began(said, far))
    .flatMap(({segment}) => (hasFlag(segment, 'FIN') ? [segment] : []));
};

/** FINs that came up to that number, and are the last that the host expects. */
const taken = (said: Seen, state: Of<'state'>): readonly Passing[] => {
  const {before = undefined, after = before} = {before: tcbBefore(said, state), after: tcbAfter(said, state)};
  const tcb = after ?? before;
  return said
    .cameEver(state.host)
    .filter(
      ({segment, event}) =>
        hasFlag(segment, 'FIN') &&
        segEnd(segment) === tcb?.rcv.nxt &&
        segment.srcPort === tcb.remote.port &&
        segment.dstPort === tcb.local.port &&
        event.instant >= beganIn(said, state),
    );
};

const isOwn = (said: Seen, {segment, event}: Passing): boolean => {
  const left = segmentOf(said.trace, event.packet);
  return left !== undefined && hasFlag(left, 'FIN') && segEnd(left) === segEnd(segment);
};

/** A FIN that the path set; undefined: its alleged sender has sent it. */
export const forgedAs = (
  said: Seen,
  state: Of<'state'> | undefined,
  {host, peer, forged}: Ends & {readonly forged: ForgedFin | undefined},
): Claims => {
  if (!state) return {'the state changes': false};
  const fins = taken(said, state);
  const isNow = fins.some(({event}) => event.instant === said.instant[0]?.instant);
  if (!forged) return {'that FIN had left': fins.some((each) => isOwn(said, each)) || fins.length === 0};
  return {
    'nobody sent that FIN': fins.length > 0 && fins.every((each) => !isOwn(said, each)),
    'whose it seems': fins.some(({event}) => said.trace.packet(event.packet).from === peer),
    'which packet brought it': forged.kept === (isNow ? undefined : fins[0]?.event.packet),
    'whether one has left': farFins(said, state).length > 0 === forged.sent,
    'to whom': host === state.host,
  };
};

/** Had the other end sent that FIN when its direction was taken for closed, or by now, wherever that FIN was? */
export const farFinLeft = (said: Seen, state: Of<'state'>, by: 'then' | 'now' = 'then'): boolean => {
  const when = said
    .ever('state', state.host)
    .findLast(({connection, to}) => connection === state.connection && /^CLOS(?:E-WAIT|ING)$/.test(to));
  // Under another number it is not the one that was taken.
  const next = when && tcbAt(said, when.n, when)?.rcv.nxt;
  const before = by === 'now' ? Infinity : (when?.n ?? said.n);
  return farFins(said, state, before).some(
    (segment) => next === undefined || ((segment.seq + segLen(segment) - next) | 0) === 0,
  );
};

/** Why what is left behind does not leave. */
const keepers = ({cwnd, mss, retransmissionQueue, snd}: Connection) => ({
  cwnd: (retransmissionQueue.length + 1) * mss > cwnd,
  window: ((snd.una + snd.wnd - snd.nxt) | 0) <= 0,
});

const hasUnsent = ({snd, sendBuffer, sendWaiting}: Connection): boolean =>
  sendBuffer.length + sendWaiting.length > ((snd.nxt - snd.una) | 0);

/** The FIN of a program that closes: its number, behind what, or why it stays. */
export const ownFinAs = (said: Seen, host: string, state: string, {seq, behind, waits}: OwnFin): Claims => {
  const tcb = tcbAfter(said, changeOf(said, host, state));
  const held = tcb && keepers(tcb);
  const isLeft = tcb && hasUnsent(tcb);
  if (seq !== undefined)
    return {
      'number of the FIN': said
        .sent(host)
        .some(
          ({segment}) =>
            hasFlag(segment, 'FIN') &&
            segment.payload.length === behind &&
            ((segment.seq + segment.payload.length - seq) | 0) === 0,
        ),
      'it waits for nothing': waits === undefined,
    };
  return {
    'no FIN leaves': !sends(said, host, /FIN/) && behind === 0,
    'data are left': (waits === 'data') === isLeft,
    'cwnd is taken up': waits === 'cwnd' ? held?.cwnd : undefined,
    'window full': waits === 'window' ? held?.window : undefined,
    'nothing else is known': waits === 'else' ? held && !held.cwnd && !held.window : undefined,
  };
};

/** In LAST-ACK an end waits for what its retransmission queue holds: the FIN alone, or data before it, too. */
export const waitsForAll = (said: Seen, host: string, ack: number | undefined): Claims => {
  const closing = tcbAfter(said, changeOf(said, host, 'LAST-ACK'));
  const out = closing && (closing.snd.nxt - closing.snd.una) | 0;
  return {
    'with data or without': out !== undefined && (ack === undefined ? out === 1 : out > 1),
    'number behind the FIN': ack === undefined ? undefined : closing?.snd.nxt === ack,
  };
};
