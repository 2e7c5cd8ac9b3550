// Writes the first sentence of *In short*: who exchanged how much with whom in a capture, and when. It is never empty.

import {sameIn, type Text, worded} from '../../lesson/text.ts';
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import {octetsOn} from '../../verdict/sides.ts';
import {dateText, momentOf} from '../../wire/http/calendar.ts';
import {storyTexts as say} from '../../words/catalogue/story.ts';
import {formatTime} from '../../words/format.ts';
import type {Told} from './selection.ts';

type Times = {readonly firstUs: number; readonly lastUs: number};
type Pair = {
  readonly ends: readonly [string, string];
  packets: number;
  bytes: number;
  fromUs: number;
  untilUs: number;
};

const pairsIn = (
  {connections, datagrams, findings, whole}: Told,
  {udp, icmp, durationUs}: CaptureInspector,
): readonly Pair[] => {
  const pairs = new Map<string, Pair>();
  const add = (ends: readonly [string, string], packets: number, bytes: number, times: Times): void => {
    const key = ends.toSorted().join(' ');
    const {firstUs, lastUs} = times;
    const pair = pairs.get(key) ?? {ends, packets: 0, bytes: 0, fromUs: firstUs, untilUs: lastUs};
    pair.packets += packets;
    pair.bytes += bytes;
    pair.fromUs = Math.min(pair.fromUs, firstUs);
    pair.untilUs = Math.max(pair.untilUs, lastUs);
    pairs.set(key, pair);
  };
  for (const each of connections)
    add(
      [each.ends[each.client].address, each.ends[each.client === 0 ? 1 : 0].address],
      each.counts.packets,
      octetsOn(each),
      each,
    );
  for (const each of whole ? udp.all : datagrams) {
    const {ends, packets, ways} = each;
    add([ends[0].address, ends[1].address], packets, ways[0].bytes + ways[1].bytes, each);
  }
  if (whole) for (const each of icmp.echoes) add([each.from, each.to], each.sent + each.answered, 0, each);
  for (const {id, facts} of findings)
    if (id === 'fragment-flood')
      add([facts.from, facts.to], facts.datagrams, facts.octets, {firstUs: 0, lastUs: durationUs});
  return [...pairs.values()];
};

const clock = (atUs: number): string => {
  const {hour, minute, second} = momentOf(atUs);
  return [hour, minute, second].map((each) => String(each).padStart(2, '0')).join(':');
};

/**
 * Returns the sentence on who exchanged how much with whom. A single pair of hosts gets its own times, several pairs get those of the
 * capture.
 */
export const whoText = (told: Told, inspector: CaptureInspector): Text => {
  const {takenUs, frames, file} = inspector;
  const pairs = pairsIn(told, inspector).toSorted((a, b) => b.packets - a.packets || b.bytes - a.bytes);
  const [most] = pairs;
  const whenAt = (atUs: number): string | undefined =>
    takenUs === undefined ? undefined : `${dateText(takenUs + atUs)} ${clock(takenUs + atUs)}`;
  const all = {when: whenAt(0), us: formatTime(file.spanUs), joined: file.joins + 1};
  if (!most) return worded(say.whoNobody, {packets: frames, ...all});
  const {packets, bytes, fromUs, untilUs} = most;
  const [from, to] = most.ends;
  const pair = {from: sameIn(from), to: sameIn(to), packets, bytes};
  if (pairs.length === 1)
    return worded(say.whoPair, {
      when: whenAt(fromUs),
      us: formatTime(Math.max(0, Math.min(untilUs - fromUs, file.spanUs))),
      joined: file.joins + 1,
      ...pair,
    });
  const hosts = new Set(pairs.flatMap(({ends}) => ends)).size;
  const counted = told.whole ? frames : pairs.reduce((sum, each) => sum + each.packets, 0);
  return worded(say.whoMany, {hosts, pairs: pairs.length, ...all, ...pair, mostly: packets * 2 > counted});
};
