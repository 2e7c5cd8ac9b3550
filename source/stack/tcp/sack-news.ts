// Reads the SACK blocks of an ACK at a sender that marks single segments (RFC 2018 §4): SACKed segments, duplicates (RFC 2883 §4), and the
// distance of reordering.

import {type Seq, seqAdd, seqDiff, seqLe, seqLt, seqMax} from '../../wire/seq.ts';
import {sackBlocksOf} from '../../wire/tcp-options.ts';
import type {Connection, Unacknowledged} from './connection.ts';
import {endOf, has, recounted, Tag} from './flight.ts';
import type {News} from './news.ts';
import {arrived, updateRack} from './rack.ts';
import type {SeqRange} from './scoreboard.ts';
import {type Turn, update} from './turn.ts';
import {updateUndo} from './undo.ts';

/** The largest degree of reordering in segments (tcp_max_reordering). */
const MOST_DEGREE = 300;

/** Returns the end of the last SACKed segment on the retransmission queue; SND.UNA if none is SACKed. */
export function sackedEnd({retransmissionQueue, flight, snd}: Connection): Seq {
  const last =
    flight.sacked === 0 ? undefined : retransmissionQueue.slice().findLast((entry) => has(entry, Tag.sacked));
  return last === undefined ? snd.una : endOf(last);
}

/** Notes that segments were reordered: data at `low` arrived after data up to `high`. */
export function noteReordering(turn: Turn, low: Seq, high: Seq): void {
  if (!seqLt(low, high)) return;
  const {rack, mss} = turn.tcb;
  const distance = Math.ceil(seqDiff(high, low) / mss);
  updateRack(turn, {
    reordered: true,
    reorderings: turn.tcb.rack.reorderings + 1,
    degree: Math.max(rack.degree, Math.min(distance, MOST_DEGREE)),
  });
}

/** Tags the segments that an ACK's blocks SACK; SND.UNA and the retransmission queue are still as before the ACK. */
export function noteSacks(turn: Turn, news: News): void {
  const {tcb} = turn;
  const blocks = sackBlocksOf(news.segment.options);
  if (!tcb.sackPermitted || blocks.length === 0) return;
  const [first] = blocks;
  const duplicate = first !== undefined && reportsDuplicate(turn, news, blocks) ? first : undefined;
  if (tcb.retransmissionQueue.length === 0) return;
  const kept = blocks.filter((block) => isSane(turn.tcb, news, {block, duplicate}));
  tagBlocks(turn, news, {
    blocks: kept,
    duplicate: duplicate && kept.includes(duplicate) ? duplicate : undefined,
  });
  if (tcb.episode.state !== 'loss' || tcb.undo.marker !== undefined)
    noteReordering(turn, news.lateFrom, highest(turn.tcb, news));
}

const highest = (tcb: Connection, {una}: News): Seq => seqMax(sackedEnd(tcb), una);

/**
 * RFC 2883 §4: tells whether the first SACK block is a D-SACK, because it begins below the acknowledgment number or lies within the second
 * block.
 */
function reportsDuplicate(turn: Turn, news: News, [first, second]: readonly SeqRange[]): boolean {
  if (first === undefined) return false;
  const below = seqLt(first.left, news.segment.ack);
  const within = second !== undefined && seqLe(second.left, first.left) && seqLe(first.right, second.right);
  return (below || within) && countDuplicate(turn, news, first);
}

/** Counts a duplicate that a D-SACK reports; returns false if this end has not retransmitted so much. */
function countDuplicate(turn: Turn, news: News, {left, right}: SeqRange): boolean {
  const {rack, snd, mss, probe, undo} = turn.tcb;
  const lengthBytes = seqDiff(right, left);
  if (lengthBytes <= 0 || lengthBytes > snd.maxWnd) return false;
  const segments = Math.max(1, Math.ceil(lengthBytes / mss));
  news.duplicateOfProbe ||= lengthBytes <= mss && probe?.end === right;
  const needless = rack.needless + segments;
  updateRack(turn, {needless});
  if (needless > rack.repeats) return false;
  if (rack.reordered && !news.duplicateOfProbe) updateRack(turn, {duplicateSeen: true});
  news.duplicate = true;
  news.delivered += segments;
  const {marker, repeats} = undo;
  const forgotten = seqLe(right, news.from) && marker !== undefined && seqLt(marker, right);
  if (forgotten && repeats !== undefined && repeats > 0)
    updateUndo(turn, {repeats: Math.max(0, repeats - segments)});
  return true;
}

type Choice = {readonly block: SeqRange; readonly duplicate: SeqRange | undefined};

/** Tells whether a SACK block is valid: it lies in the data in flight, or is a D-SACK that an undo of a reduction may need. */
function isSane({snd, undo}: Connection, {from, una}: News, {block, duplicate}: Choice): boolean {
  const {left, right} = block;
  if (!seqLt(left, right) || !seqLe(right, snd.nxt) || seqLe(right, from)) return false;
  if (seqLt(una, left)) return true;
  const {marker} = undo;
  if (block !== duplicate || marker === undefined || seqLt(una, right)) return false;
  if (seqLe(marker, left)) return true;
  return seqLt(marker, right) && seqLe(seqAdd(right, -snd.maxWnd), left);
}

type Told = {readonly blocks: readonly SeqRange[]; readonly duplicate: SeqRange | undefined};

const covers = ({left, right}: SeqRange, entry: Unacknowledged): boolean =>
  seqLe(left, entry.seq) && seqLe(endOf(entry), right);

function tagBlocks(turn: Turn, news: News, {blocks, duplicate}: Told): void {
  if (blocks.length === 0) return;
  let {flight, rack, undo} = turn.tcb;
  const {episode} = turn.tcb;
  let high = highest(turn.tcb, news);
  const one = (entry: Unacknowledged): number => {
    const again = duplicate !== undefined && covers(duplicate, entry);
    const {tags} = entry;
    const end = endOf(entry);
    if (again && entry.transmissions > 1) {
      const {marker, repeats} = undo;
      if (marker !== undefined && repeats !== undefined && repeats > 0 && seqLt(marker, end))
        undo = {...undo, repeats: repeats - 1};
      if (has(entry, Tag.sacked)) news.lateFrom = lower(news.lateFrom, entry.seq);
    }
    if (seqLe(end, news.una)) return tags;
    const kept = again ? tags & ~Tag.resent : tags;
    if (has(entry, Tag.sacked)) return kept;
    rack = arrived(rack, entry, turn.env.nowUs);
    if (entry.transmissions === 1) {
      if (seqLt(entry.seq, high)) news.lateFrom = lower(news.lateFrom, entry.seq);
      news.original ||= seqLe(end, episode.point);
      news.sackedUs = {first: news.sackedUs?.first ?? entry.sentUs, last: entry.sentUs};
    }
    high = seqMax(high, end);
    news.sacks = true;
    news.delivered += 1;
    // A segment that was retransmitted without being lost stays tagged as retransmitted, because one copy is still in flight.
    const cleared = tags & Tag.lost ? tags & ~(Tag.lost | Tag.resent) : kept;
    return cleared | Tag.sacked;
  };
  const queue = turn.tcb.retransmissionQueue.map((entry) => {
    if (!blocks.some((block) => covers(block, entry))) return entry;
    const tags = one(entry);
    if (tags === entry.tags) return entry;
    flight = recounted(flight, entry.tags, tags);
    return {...entry, tags};
  });
  update(turn, {retransmissionQueue: queue, flight, rack, undo});
}

const lower = (a: Seq, b: Seq): Seq => (seqLt(b, a) ? b : a);
