// What must hold in every run, checked on the log of a World: curriculum section 7.1, rows 1 to 8.
import {ruleOf} from '../../../source/stack/reason.ts';
import type {TcpEffect} from '../../../source/stack/tcp/effect.ts';
import {type Seq, seqAdd, seqLe, seqLt} from '../../../source/wire/seq.ts';
import {hasFlag, segLen, TcpFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Entry, type HostName, other, type World} from './two-hosts.ts';

type Send = Extract<TcpEffect, {kind: 'send'}>;
type StateChange = Extract<TcpEffect, {kind: 'state'}>;

const PROBE = '9293:3.8.6.1/persist/probe-byte';

function must(holds: boolean, breach: string): asserts holds {
  if (!holds) throw new Error(breach);
}

/** One incarnation of a connection, as its segments and state changes show it. */
type Life = {
  births: number;
  state: string;
  nxt: Seq | undefined;
  /** One beyond the byte of a window probe, which counts as sent only if the peer takes it. */
  probed: Seq | undefined;
  ack: Seq | undefined;
  spans: string[];
};

/** RFC 9293 figure 5 with its notes, and the ways out by reset, abort and time-out. */
const edges = new Set([
  'CLOSED > LISTEN',
  'CLOSED > SYN-SENT',
  'LISTEN > SYN-RECEIVED',
  'LISTEN > CLOSED',
  'SYN-SENT > SYN-RECEIVED',
  'SYN-SENT > ESTABLISHED',
  'SYN-SENT > CLOSED',
  'SYN-RECEIVED > LISTEN',
  'SYN-RECEIVED > CLOSED',
  'SYN-RECEIVED > ESTABLISHED',
  'SYN-RECEIVED > FIN-WAIT-1',
  'ESTABLISHED > FIN-WAIT-1',
  'ESTABLISHED > CLOSE-WAIT',
  'ESTABLISHED > CLOSED',
  'FIN-WAIT-1 > FIN-WAIT-2',
  'FIN-WAIT-1 > CLOSING',
  'FIN-WAIT-1 > CLOSED',
  'FIN-WAIT-2 > TIME-WAIT',
  'FIN-WAIT-2 > CLOSED',
  'CLOSE-WAIT > LAST-ACK',
  'CLOSE-WAIT > CLOSED',
  'CLOSING > TIME-WAIT',
  'CLOSING > CLOSED',
  'LAST-ACK > CLOSED',
  'TIME-WAIT > CLOSED',
]);

export function checkInvariants(world: World): void {
  const lives = {A: new Map<string, Life>(), B: new Map<string, Life>()};
  for (const entry of world.log) {
    noAnswerToReset(entry);
    for (const effect of entry.effects) {
      if (effect.kind === 'state') stateChange(entry, effect, lives[entry.host]);
      if (effect.kind === 'send' && effect.connection !== undefined) {
        const life = lives[entry.host].get(effect.connection);
        if (life === undefined) throw new Error(`${effect.connection} sends before it exists`);
        sequence(life, effect);
        acknowledgement(life, effect.segment, peerLife(lives, entry.host, effect));
        insideSendWindow(entry, effect);
        nothingEmptyIsRepeated(entry, effect);
      }
    }
    statesAgree(entry, lives[entry.host]);
  }
}

const peerLife = (
  lives: {A: Map<string, Life>; B: Map<string, Life>},
  host: HostName,
  {segment, src, dst}: Send,
) => lives[other(host)].get(`${dst}:${segment.dstPort} > ${src}:${segment.srcPort}`);

/** Row 4. The challenge ACK of RFC 5961 §3.2 is the one answer that a reset may get. */
export function noAnswerToReset({event, effects}: Pick<Entry, 'event' | 'effects'>): void {
  if (event.kind !== 'segment' || !hasFlag(event.segment, 'RST')) return;
  const answers = effects.filter((e) => e.kind === 'send' && ruleOf(e.because) !== '5961:3.2/rst/challenge');
  const resets = effects.filter((e) => e.kind === 'send' && e.segment.flags & TcpFlag.RST);
  must(answers.length === 0 && resets.length === 0, 'a reset is answered');
}

/** Row 4, second half: a retransmission time-out repeats what has a length. */
function nothingEmptyIsRepeated({event}: Entry, {segment}: Send): void {
  if (event.kind !== 'timeout' || event.name !== 'RTO') return;
  must(segLen(segment) > 0, 'a time-out repeats an empty segment');
  must(!hasFlag(segment, 'RST'), 'a time-out repeats a reset');
}

/** Rows 6, 7 and 8. */
function stateChange(entry: Entry, change: StateChange, lives: Map<string, Life>): void {
  const {connection, from, to} = change;
  const life = lives.get(connection);
  must(edges.has(`${from} > ${to}`), `${connection}: ${from} > ${to}`);
  const begins = from === 'CLOSED' || (from === 'LISTEN' && to === 'SYN-RECEIVED');
  if (!begins) must(life?.state === from, `${connection}: leaves ${from} in ${life?.state}`);
  const fresh = {
    births: (life?.births ?? 0) + 1,
    nxt: undefined,
    probed: undefined,
    ack: undefined,
    spans: [],
  };
  lives.set(connection, {...(begins || life === undefined ? fresh : life), state: to});
  const tcb = entry.after.connections.get(connection);
  if (to === 'TIME-WAIT') {
    must(
      tcb?.finSeq !== undefined && seqLt(tcb.finSeq, tcb.snd.una),
      'TIME-WAIT before the FIN is acknowledged',
    );
    must(
      tcb?.peerFinSeq !== undefined && seqLt(tcb.peerFinSeq, tcb.rcv.nxt),
      'TIME-WAIT before the FIN of the peer',
    );
  }
  if (to === 'CLOSING' && entry.event.kind === 'segment') {
    if (tcb?.finSeq !== undefined)
      must(seqLe(entry.event.segment.ack, tcb.finSeq), 'CLOSING though the FIN is acknowledged');
  }
}

/** Row 1. */
function sequence(life: Life, {segment, retransmission, because}: Send): void {
  const length = segLen(segment);
  if (because === PROBE) {
    must(segment.seq === life.nxt, 'a probe does not stand at SND.NXT');
    life.probed = seqAdd(segment.seq, 1);
    return;
  }
  if (length === 0 || hasFlag(segment, 'RST')) {
    must(!retransmission, 'an empty segment counts as a retransmission');
    return;
  }
  const end = seqAdd(segment.seq, length);
  if (retransmission) {
    must(life.nxt !== undefined && seqLe(end, life.nxt), 'a retransmission of what was never sent');
    // The same numbers again, or what an ACK has left of them, or the SYN of a simultaneous open without its data.
    must(
      life.spans.some((span) => span.endsWith(`-${end}`)) || hasFlag(segment, 'SYN'),
      'a retransmission changes the numbers',
    );
    return;
  }
  const begins = segment.seq === life.nxt || segment.seq === life.probed;
  must(life.nxt === undefined || begins, 'new data do not begin at SND.NXT');
  life.nxt = end;
  life.spans.push(`${segment.seq}-${end}`);
}

/** Rows 2 and 3. */
function acknowledgement(life: Life, segment: TcpSegment, peer: Life | undefined): void {
  if (hasFlag(segment, 'RST')) return;
  must(hasFlag(segment, 'ACK') === (life.state !== 'SYN-SENT'), `ACK in ${life.state}`);
  if (!hasFlag(segment, 'ACK')) return;
  must(life.ack === undefined || seqLe(life.ack, segment.ack), 'ack goes back');
  life.ack = segment.ack;
  // A delayed SYN may have made a new child of the listener, which knows nothing of the old numbers.
  if (peer?.nxt !== undefined && peer.births === 1 && life.births === 1)
    must(seqLe(segment.ack, peer.nxt) || segment.ack === peer.probed, 'ack beyond SND.NXT of the peer');
}

/** Row 5, without congestion control. */
function insideSendWindow({after}: Entry, {connection, segment, retransmission, because}: Send): void {
  if (because === PROBE) return;
  const tcb = connection === undefined ? undefined : after.connections.get(connection);
  if (tcb === undefined || retransmission || segment.payload.length === 0 || hasFlag(segment, 'SYN')) return;
  const edge = seqAdd(tcb.snd.una, tcb.snd.wnd);
  must(seqLe(seqAdd(segment.seq, segLen(segment)), edge), 'new data beyond the window');
}

/** Row 8: the state that the effects tell is the state that the machine is in. */
function statesAgree({after}: Entry, lives: Map<string, Life>): void {
  for (const [id, tcb] of after.connections)
    must(lives.get(id)?.state === tcb.state, `${id}: told ${lives.get(id)?.state}, is ${tcb.state}`);
  for (const [id, life] of lives) {
    if (life.state !== 'CLOSED' && life.state !== 'LISTEN')
      must(after.connections.has(id), `${id}: told ${life.state}, is gone`);
  }
}
