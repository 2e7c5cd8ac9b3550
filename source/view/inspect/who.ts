// Who spoke with whom in a capture, how much, and when: the first sentence of *In short*, which so never stands empty.

import {sameIn, type Text, worded} from '../../lesson/text.ts';
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import {octetsOn} from '../../verdict/sides.ts';
import {dateText, momentOf} from '../../wire/http/calendar.ts';
import {storyTexts as say} from '../../words/catalogue/story.ts';
import {formatTime} from '../../words/format.ts';
import type {Told} from './told.ts';

type Pair = {readonly ends: readonly [string, string]; packets: number; bytes: number};

const pairsIn = ({connections, datagrams, whole}: Told, {udp, icmp}: CaptureInspector): readonly Pair[] => {
  const pairs = new Map<string, Pair>();
  const add = (ends: readonly [string, string], packets: number, bytes: number): void => {
    const key = ends.toSorted().join(' ');
    const pair = pairs.get(key) ?? {ends, packets: 0, bytes: 0};
    pair.packets += packets;
    pair.bytes += bytes;
    pairs.set(key, pair);
  };
  for (const each of connections)
    add(
      [each.ends[each.client].address, each.ends[each.client === 0 ? 1 : 0].address],
      each.counts.packets,
      octetsOn(each),
    );
  for (const {ends, packets, bytes} of whole ? udp.all : datagrams)
    add([ends[0].address, ends[1].address], packets, bytes[0] + bytes[1]);
  if (whole) for (const {from, to, sent, answered} of icmp.echoes) add([from, to], sent + answered, 0);
  return [...pairs.values()];
};

const clock = (atUs: number): string => {
  const {hour, minute, second} = momentOf(atUs);
  return [hour, minute, second].map((each) => String(each).padStart(2, '0')).join(':');
};

/** `us`: from its first packet to its last one. */
export const whoText = (told: Told, inspector: CaptureInspector): Text => {
  const {takenUs, durationUs, frames} = inspector;
  const pairs = pairsIn(told, inspector).toSorted((a, b) => b.bytes - a.bytes || b.packets - a.packets);
  const [most] = pairs;
  const when = takenUs === undefined ? undefined : `${dateText(takenUs)} ${clock(takenUs)}`;
  const us = formatTime(Math.max(0, durationUs));
  if (!most) return worded(say.whoNobody, {when, packets: frames, us});
  const [from, to] = most.ends;
  const {packets, bytes} = most;
  const pair = {from: sameIn(from), to: sameIn(to), packets, bytes};
  if (pairs.length === 1) return worded(say.whoPair, {when, us, ...pair});
  const hosts = new Set(pairs.flatMap(({ends}) => ends)).size;
  return worded(say.whoMany, {when, us, hosts, pairs: pairs.length, ...pair});
};
