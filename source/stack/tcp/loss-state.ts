// After a time-out: all in flight is lost, unless it turns out that the time-out was premature (RFC 5681 §3.1, F-RTO: RFC 5682).
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

/** The head is SACKed and not acknowledged: its receiver has thrown it away (RFC 2018 §8). */
export const isReneged = ({retransmissionQueue}: Connection): boolean => {
  const head = retransmissionQueue.at(0);
  return head !== undefined && has(head, Tag.sacked);
};

/** What left so lately that its answer may still come is not lost (RFC 8985 §6.3). */
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
  // Once for what was in flight (RFC 5681 §3.1).
  const anew =
    state === 'open' || state === 'disorder' || seqLe(point, snd.una) || (state === 'loss' && retries === 0);
  if (anew) lowerSsthresh(turn);
  const {tcb, env} = turn;
  const {reordering, frto} = env.settings;
  // So many duplicates and still a time-out: the degree of reordering was taken for too high.
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

/** A router has thrown away what is larger than this: that is no congestion, so cwnd stays. */
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

/** New data, or a FIN. */
const hasNew = (tcb: Connection): boolean => unsentBytes(tcb) > 0 || (tcb.closeCalled && maySend(tcb));

/** What an ACK says of the time-out. The result: what may leave next. */
export function answerInLoss(turn: Turn, news: News, duplicate: boolean): 'nothing' | 'lost' | 'new' {
  const advanced = advances(news);
  if (advanced && undoTimeout(turn, news.echo, {proved: false})) return 'nothing';
  const {snd, episode} = turn.tcb;
  const recovered = seqLe(episode.point, snd.una);
  if (episode.doubted) {
    // Step 3b: what was never sent again has arrived, so not all was lost.
    if (news.original && undoTimeout(turn, news.echo, {proved: true})) return 'nothing';
    const sentNew = seqLt(episode.point, snd.nxt);
    // Step 2b: new data ask whether what is missing is only late.
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
