// Compares a packet on the links that it has passed: a row for each link, and what stayed the same on all of them.

import type {Sight} from '../../account/way.ts';
import type {Text} from '../../lesson/text.ts';
import {dissect, type Field} from '../../wire/dissect.ts';
import {hexOf} from '../../wire/octets.ts';
import {layersTexts} from '../../words/catalogue/layers.ts';
import {terminal} from '../../words/written.ts';
import type {LayerScene} from './layer-scene.ts';

export type HopCell = {readonly text: string; readonly changed: boolean};

export type Hop = {
  readonly from: string;
  readonly to: string;
  readonly source: HopCell;
  readonly destination: HopCell;
  readonly ttl: HopCell;
  readonly checksum: HopCell;
};

type Seen = {
  readonly from: string;
  readonly to: string;
  readonly fields: readonly Field[];
  readonly sight: Sight;
};

const seenOn = ({stops}: LayerScene): readonly Seen[] =>
  stops.flatMap(({host, left, next}) => {
    if (!left) return [];
    const {layers} = dissect(left.bytes, left.linkType, left.originalLength);
    const fields = layers.flatMap((layer) => (layer.quoted ? [] : layer.fields));
    return [{from: host, to: next ?? '', fields, sight: left}];
  });

const valueOn = ({fields}: Seen, names: readonly string[]): string | undefined =>
  fields.find(({name}) => names.includes(name))?.value;

export const hopsOf = (scene: LayerScene): readonly Hop[] => {
  const all = seenOn(scene);
  const {hidden} = scene.packet;
  return all.map((seen, index) => {
    const before = all[index - 1];
    const cell = (...names: readonly string[]): HopCell => {
      if (names.some((name) => hidden.has(name))) return {text: '?', changed: false};
      const value = valueOn(seen, names);
      const changed = before !== undefined && value !== valueOn(before, names);
      return {text: value === undefined ? '' : terminal.text(value), changed};
    };
    return {
      from: seen.from,
      to: seen.to,
      source: cell('eth.src', 'sll.src.eth'),
      destination: cell('eth.dst'),
      ttl: cell('ip.ttl', 'ipv6.hlim'),
      checksum: cell('ip.checksum'),
    };
  });
};

const groups = [
  {text: layersTexts.addresses, names: ['ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst']},
  {text: layersTexts.ports, names: ['tcp.srcport', 'tcp.dstport', 'udp.srcport', 'udp.dstport']},
] as const;

/**
 * Returns a packet's transport header and the octets after it, in hexadecimal, as they were on one link; empty if there is no TCP or UDP.
 */
const partsOf = ({sight: {bytes, linkType, originalLength}}: Seen): readonly [string, string] => {
  const {layers} = dissect(bytes, linkType, originalLength);
  const transport = layers.find(({protocol, quoted}) => !quoted && ['tcp', 'udp'].includes(protocol));
  if (!transport) return ['', ''];
  const {start, end} = transport;
  return [hexOf(bytes, start, end), hexOf(bytes, end, bytes.length)];
};

export type Kept = {readonly same: readonly Text[]; readonly changed: readonly Text[]};

/**
 * Returns the names of the parts of a packet that stayed the same on all links so far, and of those that changed; empty if it has passed
 * only one link.
 */
export const keptOf = (scene: LayerScene): Kept => {
  const all = seenOn(scene);
  if (all.length < 2) return {same: [], changed: []};
  const parts = all.map(partsOf);
  const compared = [
    ...groups.map(({text, names}) => ({
      text,
      values: all.map((seen) => names.map((name) => valueOn(seen, [name]) ?? '').join()),
    })),
    {text: layersTexts.transportHeader, values: parts.map(([header]) => header)},
    {text: layersTexts.payload, values: parts.map(([, payload]) => payload)},
  ].filter(({values}) => values.some((value) => value.replaceAll(',', '') !== ''));
  const stays = ({values}: {readonly values: readonly string[]}): boolean =>
    values.every((value) => value === values[0]);
  return {
    same: compared.filter(stays).map(({text}) => text),
    changed: compared.filter((each) => !stays(each)).map(({text}) => text),
  };
};
