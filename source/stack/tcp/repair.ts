// Handles an ACK at a sender that detects losses by time, in the order of Linux: SACK blocks, what leaves the queue, round-trip time, loss
// probe, losses and the resulting state, then cwnd (RFC 8985, RFC 9937, RFC 5682, RFC 6582).

import {type Seq, seqDiff, seqLe, seqLt} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import type {TcpBecause} from './cases.ts';
import type {Connection, Unacknowledged} from './connection.ts';
import {grownBy} from './counted-growth.ts';
import {enterRecovery} from './enter-recovery.ts';
import {endOf, has, noneInFlight, recounted, retag, Tag} from './flight.ts';
import {answerInLoss, isReneged} from './loss-state.ts';
import {advances, type News, newsOf} from './news.ts';
import {beginReduction, endReduction, isReducing, reduce} from './prr.ts';
import {adaptWindow, arrived, markLost, updateRack} from './rack.ts';
import {addDuplicate, forgetDuplicates, takeDuplicates} from './reno-sacks.ts';
import {armRepair, armRto, scheduleProbe, stopAcknowledged} from './repair-timer.ts';
import {noteRoundTrip, takeAcknowledged} from './retransmission.ts';
import {noteReordering, noteSacks, sackedEnd} from './sack-news.ts';
import {answerProbe} from './tail-loss-probe.ts';
import {clock} from './timestamps.ts';
import type {Turn} from './turn.ts';
import {update} from './turn.ts';
import {
  endEpisode,
  forgetStamp,
  isEarlier,
  setState,
  settleState,
  undoByDuplicates,
  undoInPart,
  updateUndo,
} from './undo.ts';

/**
 * Handles an ACK at a sender that detects losses by time; `moveWindow` is called to update the peer's window as soon as SND.UNA has moved.
 */
export function ackHeard(turn: Turn, segment: TcpSegment, moveWindow: () => void): void {
  const before = turn.tcb;
  const news = newsOf(before, segment);
  const priorEnd = sackedEnd(before);
  noteSacks(turn, news);
  const old = seqLt(segment.ack, before.snd.una);
  if (!old && before.retransmissionQueue.length > 0) takeFromQueue(turn, news, {priorEnd, before});
  if (!old) moveWindow();
  if (before.retransmissionQueue.length === 0) {
    if (news.duplicate) react(turn, news);
    answerProbe(turn, news);
    count(turn, news);
    return;
  }
  if (old) {
    if (news.segment.options.some(({kind}) => kind === 'sack')) react(turn, news);
    count(turn, news);
    return;
  }
  adaptWindow(turn, news.deliveredBefore);
  answerProbe(turn, news);
  const dubious = !news.newer || news.sacks || news.congested || news.duplicate;
  if (dubious || turn.tcb.episode.state !== 'open') react(turn, news);
  if (news.rearms && !scheduleProbe(turn, {renewed: true}))
    armRto(turn, {because: advances(news) ? '6298:5.3/restart' : restartOf(turn)});
  count(turn, news);
  moveCwnd(turn, news);
}

/**
 * Returns the reason for restarting the retransmission timer. If it already ran and the ACK only SACKs, the case is `sacked` (Linux
 * tcp_clean_rtx_queue).
 */
const restartOf = ({tcb}: Turn): TcpBecause =>
  tcb.timers.RTO === undefined ? '8985:8/rto/restart' : {rule: '8985:8/rto/restart', case: 'sacked'};

const count = (turn: Turn, {delivered}: News): void => {
  if (delivered > 0) updateRack(turn, {delivered: turn.tcb.rack.delivered + delivered});
};

function moveCwnd(turn: Turn, news: News): void {
  const {tcb, env} = turn;
  const {delivered, losses} = news;
  if (isReducing(tcb)) {
    reduce(turn, {delivered, losses, advances: advances(news)});
    return;
  }
  // If segments have been reordered farther than usual, an ACK that only SACKs makes cwnd grow, too.
  const raises = news.taken > 0 || (tcb.rack.degree > env.settings.reordering && news.sacks);
  if (raises) update(turn, grownBy(tcb, {acked: delivered, rttUs: news.roundTripUs, ...env}));
}

type Before = {readonly priorEnd: Seq; readonly before: Connection};

/** Removes acknowledged segments from the retransmission queue, and measures how long they were in flight. */
function takeFromQueue(turn: Turn, news: News, {priorEnd, before}: Before): void {
  const taken = takeAcknowledged(turn, news.una);
  news.taken = taken.length;
  let found: Found = {flight: turn.tcb.flight, rack: turn.tcb.rack};
  for (const entry of taken) found = hearOf(turn, news, {entry, ...found});
  update(turn, found);
  if (taken.length > 0) news.deliveredBefore = taken.at(-1)?.deliveredBefore;
  measure(turn, news, taken, before);
  if (taken.length > 0) {
    news.rearms = true;
    if (!turn.tcb.sackPermitted) {
      takeDuplicates(turn, news);
      if (news.repeated) news.original = false;
    } else {
      // A segment was acknowledged after later ones had been SACKed, which shows how far segments are reordered (tcp_clean_rtx_queue).
      if (seqLt(news.lateFrom, priorEnd)) noteReordering(turn, news.lateFrom, sackedEnd(turn.tcb));
    }
  }
  if (turn.tcb.retransmissionQueue.length > 0) return;
  stopAcknowledged(turn);
  if (before.sackPermitted) update(turn, {flight: noneInFlight});
}

type Found = Pick<Connection, 'flight' | 'rack'>;

/**
 * Returns the counts of tags and RACK's state after a segment has left the retransmission queue, and notes in `news` what the ACK shows
 * about it.
 */
function hearOf(
  {tcb, env}: Turn,
  news: News,
  {entry, rack, ...before}: Found & {readonly entry: Unacknowledged},
): Found {
  const end = endOf(entry);
  if (entry.transmissions > 1) news.repeated = true;
  else if (!has(entry, Tag.sacked)) {
    if (seqLt(entry.seq, news.lateFrom)) news.lateFrom = entry.seq;
    news.original ||= seqLe(end, tcb.episode.point);
  }
  const flight = entry.tags === 0 ? before.flight : recounted(before.flight, entry.tags, 0);
  if (has(entry, Tag.sacked) || !tcb.sackPermitted) return {flight, rack};
  news.delivered += 1;
  const stamp = clock({...env, nowUs: entry.sentUs}, tcb);
  const spurious = entry.transmissions > 1 && isEarlier(news.echo, stamp);
  return {flight, rack: spurious ? rack : arrived(rack, entry, env.nowUs)};
}

/**
 * Measures the round-trip time by segments that were sent only once and are acknowledged or SACKed (RFC 6298 §3), otherwise by the echoed
 * timestamp.
 */
function measure(turn: Turn, news: News, taken: readonly Unacknowledged[], before: Connection): void {
  const {nowUs} = turn.env;
  const {sackedUs} = news;
  const once = news.repeated ? [] : taken.filter((entry) => !has(entry, Tag.sacked));
  const [first] = once;
  const last = once.at(-1);
  let sampleUs = first && nowUs - first.sentUs;
  let newestUs = sackedUs ? nowUs - sackedUs.last : last && nowUs - last.sentUs;
  if (sackedUs) sampleUs ??= nowUs - sackedUs.first;
  if (sampleUs === undefined && taken.length > 0) sampleUs = newestUs = turn.echoedUs;
  news.roundTripUs = newestUs;
  if (sampleUs === undefined) return;
  const leastUs = turn.tcb.rack.minRttUs ?? Infinity;
  if (newestUs !== undefined && newestUs < leastUs && !mayBeDelayed(news, taken, before))
    updateRack(turn, {minRttUs: Math.max(newestUs, 1)});
  noteRoundTrip(turn, sampleUs);
  // SACKs of segments sent after the head must not postpone its timeout for ever.
  const head = turn.tcb.retransmissionQueue.at(0);
  if (taken.length === 0 && head && sackedUs && nowUs - sackedUs.first > nowUs - head.sentUs)
    news.rearms = true;
}

/** Tells whether an ACK acknowledges just one segment that is not full, so that the receiver may have delayed it. */
const mayBeDelayed = (news: News, taken: readonly Unacknowledged[], before: Connection): boolean => {
  const [only] = taken;
  const lengthBytes = seqDiff(news.una, news.from);
  const alone = taken.length === 1 && before.flight.sacked === 0 && lengthBytes < before.mss;
  const answers = only?.deliveredBefore === before.rack.delivered;
  return alone && answers && !news.sacks && !news.congested && !news.duplicate;
};

/** Tells whether an ACK is a plain duplicate: it acknowledges nothing new, has no data, no new window and no D-SACK. */
const isDuplicate = ({newer, duplicate}: News): boolean => !(newer || duplicate);

/** Finds losses after an ACK, and changes the sender's congestion state. */
function react(turn: Turn, news: News): void {
  if (news.congested) updateUndo(turn, {ssthresh: undefined});
  if (waitsForReneged(turn, news) || leaveAtPoint(turn, news)) return;
  const {state} = turn.tcb.episode;
  if (state === 'recovery') goOnInRecovery(turn, news);
  else if (state === 'loss') goOnInLoss(turn, news);
  else enterIfLost(turn, news);
}

/**
 * Tells whether the first segment in flight is SACKed but not acknowledged; if so, a short wait begins, after which the segment counts as
 * dropped by the receiver (RFC 2018 §8).
 */
function waitsForReneged(turn: Turn, news: News): boolean {
  if (!(advances(news) && isReneged(turn.tcb))) return false;
  const waitUs = Math.max(Math.floor((turn.tcb.srttUs ?? 0) / 2), LEAST_DOUBT_US);
  armRepair(turn, 'RTO', {waitUs, because: '2018:8/reneged/wait'});
  news.rearms = false;
  return true;
}

const LEAST_DOUBT_US = 10_000;

/** Ends the episode of recovery if its `point` is acknowledged. Returns true if nothing else has to be done for this ACK. */
function leaveAtPoint(turn: Turn, news: News): boolean {
  const {episode, snd} = turn.tcb;
  if (episode.state === 'open') updateUndo(turn, {firstStamp: undefined});
  if (episode.state === 'open' || seqLt(snd.una, episode.point)) return false;
  // After an ECN reduction, something beyond `point` must be acknowledged, because the segment with CWR has to reach the peer.
  if (episode.state === 'cwr' && snd.una !== episode.point) {
    endReduction(turn);
    setState(turn, 'open');
  }
  if (episode.state !== 'recovery') return false;
  forgetDuplicates(turn);
  if (endEpisode(turn, news.echo)) return true;
  endReduction(turn);
  return false;
}

function goOnInRecovery(turn: Turn, news: News): void {
  const {snd} = turn.tcb;
  if (!advances(news)) {
    if (!turn.tcb.sackPermitted && isDuplicate(news)) addDuplicate(turn, news);
  } else {
    const reordered = () => noteReordering(turn, news.from, sackedEnd(turn.tcb));
    if (undoInPart(turn, news.echo, reordered)) return;
  }
  if (undoByDuplicates(turn)) stayOpen(turn, news);
  findLosses(turn, news);
  if (turn.tcb.episode.state !== 'recovery') {
    if (turn.tcb.flight.lost === 0) return;
    enterRecovery(turn, news);
  }
  const partial = !turn.tcb.sackPermitted && snd.una !== news.from;
  turn.resend = {what: 'lost', because: partial ? '6582:3.2/partial-ack' : lossRule(turn)};
}

const lossRule = ({tcb}: Turn) =>
  tcb.sackPermitted ? ('8985:6.2/lost' as const) : ('5681:3.2/fast-retransmit' as const);

function goOnInLoss(turn: Turn, news: News): void {
  const what = answerInLoss(turn, news, isDuplicate(news));
  if (what !== 'nothing') turn.resend = {what, because: '9293:3.8.1/retransmit/next'};
  findLosses(turn, news);
  if (turn.tcb.episode.state === 'open' || news.lostAgain) enterIfLost(turn, news);
}

function enterIfLost(turn: Turn, news: News): void {
  const {state} = turn.tcb.episode;
  if (!turn.tcb.sackPermitted) {
    if (advances(news)) forgetDuplicates(turn);
    if (isDuplicate(news)) addDuplicate(turn, news);
  }
  if (state === 'open' || state === 'disorder') undoByDuplicates(turn);
  findLosses(turn, news);
  if (turn.tcb.flight.lost === 0) {
    stayOpen(turn, news);
    return;
  }
  enterRecovery(turn, news);
  turn.resend = {what: 'lost', because: lossRule(turn)};
}

/** Handles an ACK that shows no loss: it begins a reduction if it carries ECE (RFC 3168 §6.1.2), otherwise there may be reordering. */
function stayOpen(turn: Turn, news: News): void {
  forgetStamp(turn);
  const {state} = turn.tcb.episode;
  if (news.congested && state !== 'cwr') {
    updateUndo(turn, {ssthresh: undefined, marker: undefined});
    beginReduction(turn);
    setState(turn, 'cwr');
  } else if (state !== 'cwr') settleState(turn);
}

/** Finds losses by time if SACK is on, otherwise by counting duplicates (RFC 6582 §3.2). */
function findLosses(turn: Turn, news: News): void {
  const {sackPermitted, retransmissionQueue, flight} = turn.tcb;
  if (retransmissionQueue.length === 0) return;
  if (!sackPermitted) {
    loseHead(turn, news);
    return;
  }
  const {losses, waits} = markLost(turn);
  news.losses += losses;
  if (waits) news.rearms = false;
  if (turn.tcb.flight.resent < flight.resent) news.lostAgain = true;
}

function loseHead(turn: Turn, news: News): void {
  const {episode, flight, rack} = turn.tcb;
  const {state} = episode;
  const starts = state !== 'recovery' && state !== 'loss' && flight.sacked >= rack.degree;
  if (!starts && !(state === 'recovery' && advances(news))) return;
  retag(turn, ({tags}, index) => {
    if (index > 0 || tags & Tag.lost) return tags;
    news.losses += 1;
    return tags | Tag.lost;
  });
}
