// Loss recovery after a retransmission timeout: everything in flight counts as lost, unless the timeout turns out to be premature
// (RFC 5681 §3.1, F-RTO: RFC 5682).
import {seqLe, seqLt} from '../../wire/seq.ts';
import {ssthreshAfterLoss} from './congestion.ts';
import type {Connection} from './connection.ts';
import {forgotten} from './cubic.ts';
import {has, lostTags, retag, segmentsInFlight, Tag} from './flight.ts';
import {advances, type News} from './news.ts';
import {remainingUs, updateRack} from './rack.ts';
import {addDuplicate, forgetDuplicates} from './reno-sacks.ts';
import {maySend, unsentBytes, usableWindow} from './segmentise.ts';
import {type Turn, update} from './turn.ts';
import {endEpisode, priorSsthresh, rememberForUndo, undoTimeout, updateUndo} from './undo.ts';

/**
 * Tells whether the first segment on the retransmission queue is SACKed but not acknowledged, which means that the receiver has dropped it
 * (RFC 2018 §8).
 */
export const isReneged = ({retransmissionQueue}: Connection): boolean => {
  const head = retransmissionQueue.at(0);
  return head !== undefined && has(head, Tag.sacked);
};

/** Marks the segments in flight as lost after a timeout, except those sent so recently that an ACK may still arrive (RFC 8985 §6.3). */
function markAll(turn: Turn): void {
  const {tcb, env} = turn;
  const reneged = isReneged(tcb);
  if (!reneged) forgetDuplicates(turn);
  retag(turn, (entry, index) => {
    if (reneged) return lostTags(entry.tags & ~Tag.sacked);
    const late = index === 0 || remainingUs(tcb, entry, 0, env.nowUs) <= 0;
    return late ? lostTags(entry.tags) : entry.tags;
  });
}

export function enterLoss(turn: Turn): void {
  const {state, point} = turn.tcb.episode;
  const first = state === 'open' || state === 'disorder' || state === 'cwr';
  const {sacked} = turn.tcb.flight;
  const {retries, snd} = turn.tcb;
  markAll(turn);
  // A timeout lowers ssthresh only once for the data that were in flight (RFC 5681 §3.1).
  const anew =
    state === 'open' || state === 'disorder' || seqLe(point, snd.una) || (state === 'loss' && retries === 0);
  if (anew) lowerSsthresh(turn);
  const {tcb, env} = turn;
  const {reordering, frto} = env.settings;
  // A timeout although so many segments were SACKed means that the degree of reordering was overestimated.
  if ((state === 'open' || state === 'disorder') && sacked >= reordering)
    updateRack(turn, {degree: Math.min(tcb.rack.degree, reordering)});
  update(turn, {
    cwnd: (segmentsInFlight(tcb) + 1) * tcb.mss,
    cwndCredit: 0,
    cubic: forgotten(tcb, env.nowUs),
    episode: {state: 'loss', point: snd.nxt, doubted: frto && (first || retries > 0)},
    probe: undefined,
    marks: {...tcb.marks, cwrDue: tcb.ecnOn},
  });
}

function lowerSsthresh(turn: Turn): void {
  const {tcb, env} = turn;
  const ssthresh = priorSsthresh(turn);
  update(turn, {
    ...ssthreshAfterLoss(tcb, env.settings),
    reduction: {...tcb.reduction, from: Math.floor(tcb.cwnd / tcb.mss)},
  });
  rememberForUndo(turn);
  updateUndo(turn, {ssthresh});
}

/** Marks the segments larger than `mss` as lost, which a router has dropped for their size. That is no congestion, so cwnd stays. */
export function loseTooLarge(turn: Turn, mss: number): void {
  retag(turn, (entry) => (entry.lengthBytes > mss ? lostTags(entry.tags) : entry.tags));
  const {tcb} = turn;
  const {state} = tcb.episode;
  if (tcb.flight.lost === 0) return;
  turn.resend = {what: 'lost', because: '1191:6.4/path-mtu/retransmit'};
  if (state === 'loss') return;
  const ssthresh = priorSsthresh(turn);
  const cubic = forgotten(tcb, turn.env.nowUs);
  update(turn, {ssthresh, cubic, episode: {state: 'loss', point: tcb.snd.nxt, doubted: false}});
  updateUndo(turn, {marker: undefined, ssthresh: undefined});
}

/** Tells whether new data or a FIN can be sent. */
const hasNew = (tcb: Connection): boolean => unsentBytes(tcb) > 0 || (tcb.closeCalled && maySend(tcb));

/** Handles an ACK during the recovery from a timeout, and returns what may be sent next: nothing, lost segments or new data. */
export function answerInLoss(turn: Turn, news: News, duplicate: boolean): 'nothing' | 'lost' | 'new' {
  const advanced = advances(news);
  if (advanced && undoTimeout(turn, news.echo, {proved: false})) return 'nothing';
  const {snd, episode} = turn.tcb;
  const recovered = seqLe(episode.point, snd.una);
  if (episode.doubted) {
    // F-RTO step 3b: a segment that was not retransmitted has arrived, so not everything was lost.
    if (news.original && undoTimeout(turn, news.echo, {proved: true})) return 'nothing';
    const sentNew = seqLt(episode.point, snd.nxt);
    // F-RTO step 2b: new data are sent to test whether the missing segments are only late.
    if (!sentNew && advanced && !recovered) {
      const asks = hasNew(turn.tcb) && usableWindow(turn.tcb) > 0;
      update(turn, {episode: {...episode, point: snd.nxt, doubted: asks}});
      if (asks) return 'new';
    } else if (sentNew && (news.sacks || duplicate)) {
      update(turn, {episode: {...episode, doubted: false}});
    }
  }
  if (recovered) {
    endEpisode(turn, news.echo);
    return 'nothing';
  }
  if (!turn.tcb.sackPermitted) countDuplicates(turn, news, duplicate);
  return 'lost';
}

function countDuplicates(turn: Turn, news: News, duplicate: boolean): void {
  const {snd, episode} = turn.tcb;
  if (seqLt(episode.point, snd.nxt) && duplicate) addDuplicate(turn, news);
  else if (advances(news)) forgetDuplicates(turn);
}
