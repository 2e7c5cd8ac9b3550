// The pause of Fast Open: if the path seems to swallow its packets, a client stops using it for a while, twice as long each time
// (RFC 7413 §4.1.3.1 leaves it to the client; Linux, tcp_fastopen_blackhole_timeout_sec).
import {seqDiff} from '../../wire/seq.ts';
import type {Connection, FastOpenPause, Tcp} from './connection.ts';
import type {TcpEnv} from './effect.ts';
import type {Turn} from './turn.ts';

/** The most times that a client's pause of Fast Open doubles. */
const MOST_DOUBLINGS = 6;
/** The number of timeouts in a row after which a further one is a sign that the path swallows Fast Open. */
const TIMEOUTS_BEFORE = 2;

export const isPaused = (
  pause: FastOpenPause | undefined,
  {nowUs, settings}: Pick<TcpEnv, 'nowUs' | 'settings'>,
): boolean =>
  pause !== undefined &&
  nowUs < pause.sinceUs + settings.fastOpenPauseUs * (1 << Math.min(pause.times - 1, MOST_DOUBLINGS));

const isFast = ({fastOpen}: Connection): boolean =>
  fastOpen !== undefined && (fastOpen.asked || fastOpen.dataBytes > 0);

/**
 * Handles a timeout: notes that the path swallows Fast Open if the connection uses it and several timeouts came in a row, or fewer if no
 * retry is left (`spent`).
 */
export function suspectPath(turn: Turn, spent: boolean): void {
  const {retries} = turn.tcb;
  const many = retries === TIMEOUTS_BEFORE || (retries < TIMEOUTS_BEFORE && spent);
  if (many && isFast(turn.tcb)) turn.path = 'swallows';
}

/**
 * Returns the verdict on the path at the end of a connection: it swallows packets if only a FIN behind a gap has arrived, and carries them
 * again if data arrived on a connection that tried Fast Open after a pause.
 */
function atEnd({tcb}: Turn): Turn['path'] {
  const {fastOpen, rcv, irs, peerFinSeq, reassembly} = tcb;
  if (fastOpen === undefined || !fastOpen.asked) return undefined;
  const ended = peerFinSeq !== undefined && seqDiff(rcv.nxt, peerFinSeq) > 0;
  const got = reassembly.length > 0 || seqDiff(rcv.nxt, irs) > (ended ? 2 : 1);
  if (got) return fastOpen.triesAgain ? 'carries' : undefined;
  return peerFinSeq !== undefined && !ended ? 'swallows' : undefined;
}

/**
 * Returns the host's pause of Fast Open after a step: a longer one if the path swallows packets, none if the path carries them again,
 * otherwise the old one.
 */
export function pauseAfter({fastOpenPause: pause}: Tcp, turn: Turn): FastOpenPause | undefined {
  const {nowUs, settings} = turn.env;
  const path = turn.path ?? (turn.gone && turn.tcb.state !== 'SYN-SENT' ? atEnd(turn) : undefined);
  if (settings.fastOpenPauseUs === 0 || path === undefined) return pause;
  return path === 'carries' ? undefined : {times: (pause?.times ?? 0) + 1, sinceUs: nowUs};
}
