// Dissects tunnel headers as inspector layers, under Wireshark's names: GRE (RFC 2784, RFC 2890) and VXLAN (RFC 7348 §5).
import {layerOf, type Step, type Stretch} from './dissect-step.ts';
import {layout, part, uint} from './layout.ts';
import {greHeader, transparentBridging, vxlanSize} from './tunnel.ts';

const greTable = layout('gre', [
  uint('flags', 16, 'gre.flags_and_version', {
    hex: 4,
    parts: [
      part('gre.flags.checksum', 15),
      part('gre.flags.key', 13),
      part('gre.flags.sequence_number', 12),
      part('gre.flags.version', 0, 3),
    ],
  }),
  uint('protocol', 16, 'gre.proto', {hex: 4}),
]);

const checksumTable = layout('gre', [
  uint('checksum', 16, 'gre.checksum', {hex: 4}),
  uint('offset', 16, 'gre.offset'),
]);
const keyTable = layout('gre', [uint('key', 32, 'gre.key', {hex: 8})]);
const sequenceTable = layout('gre', [uint('sequence', 32, 'gre.sequence_number')]);

export const dissectGre = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const header = greHeader(bytes.subarray(0, end), start);
  const rows = greTable.rows(bytes, start, end);
  if (!header) return {layers: [layerOf('gre', stretch, rows)], problem: 'gre:short'};
  const {checksumAt, keyAt, sequenceAt, protocol} = header;
  const fields = [
    ...rows,
    ...(checksumAt === undefined ? [] : checksumTable.rows(bytes, checksumAt, end)),
    ...(keyAt === undefined ? [] : keyTable.rows(bytes, keyAt, end)),
    ...(sequenceAt === undefined ? [] : sequenceTable.rows(bytes, sequenceAt, end)),
  ];
  const rest = {...stretch, start: header.end};
  return {
    layers: [layerOf('gre', {...stretch, end: header.end}, fields)],
    next:
      protocol === transparentBridging
        ? {...rest, as: 'ethernet'}
        : {...rest, as: 'etherType', etherType: protocol},
  };
};

const vxlanTable = layout('vxlan', [
  uint('flags', 16, 'vxlan.flags', {hex: 4, parts: [part('vxlan.flag_i', 11)]}),
  uint('group', 16, 'vxlan.gbp'),
  uint('network', 24, 'vxlan.vni'),
  uint('reserved', 8, 'vxlan.reserved8'),
]);

export const dissectVxlan = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const headerEnd = start + vxlanSize;
  const rows = vxlanTable.rows(bytes, start, end);
  return {
    layers: [layerOf('vxlan', {...stretch, end: headerEnd}, rows)],
    next: {...stretch, start: headerEnd, as: 'ethernet'},
  };
};
