// Builds the tree of the inspector's rows from a packet: layers, their fields, and parts of fields. Its rows can be folded.
import type {Field, Layer} from '../../wire/layer.ts';
import {oncePer} from '../../wire/once-per.ts';
import type {PacketView} from './inspector-view.ts';

export type InspectorRow = {
  /** A key that names the same row in every packet, such as `tcp#1:tcp.ack_raw#1`. */
  readonly key: string;
  /** The depth of an inspector row in the tree: 0 for a layer, 1 for a field, 2 and more for parts of a field. */
  readonly depth: number;
  readonly layer: Layer;
  /** The field that the inspector row shows; undefined if the row is that of a whole layer. */
  readonly field: Field | undefined;
  readonly start: number;
  readonly end: number;
  readonly children: readonly InspectorRow[];
  /** True if an inspector row may be hidden at first: its value is already in the layer's own row, or it says nothing in this packet. */
  readonly minor: boolean;
};

/** Which rows are shown below a row of the inspector: none, all but the minor ones, or all. */
export type Fold = 'closed' | 'main' | 'all';
export type Folds = {readonly [key: string]: Fold};

/** Matches the names of fields that get no row of their own, because the row of the field that they are about shows them. */
const merged = /\.checksum\.status$|^tcp\.flags\.str$/;
const optionHead = /^tcp\.option_(kind|len)$/;

const alwaysMinor: readonly string[] = [
  'tcp.srcport',
  'tcp.dstport',
  'tcp.len',
  'ip.version',
  'ip.hdr_len',
  'ip.dsfield',
  'ipv6.version',
  'ipv6.tclass',
  'dns.flags.z',
  'dns.qry.name.len',
  'dns.count.labels',
  'dns.resp.len',
  'dns.txt.length',
  'dns.opt.len',
];

/**
 * Matches the names of TLS fields that the inspector hides at first: lengths of what follows immediately, and the compression methods,
 * which are kept for old middleboxes.
 */
const minorInTls = /^tls\.(handshake|extension)\..*[._]len(gth)?$|^tls\.handshake\.comp_method/;

const isMinor = ({name, value}: Field): boolean =>
  alwaysMinor.includes(name) || minorInTls.test(name) || (name === 'tcp.urgent_pointer' && value === '0');

/**
 * Matches the names of fields that contain other fields although the names of those other fields do not begin with the name of the
 * container.
 */
const holders =
  /^tcp\.options|^http\.(request|response)\.line$|^http\.cookie$|^tls\.handshake\.(certificate|dname)$|^x509af\.subjectPublicKey$/;

/** Tells whether a field begins a group of fields: the name of a DNS question or resource record, or of an HTTP/2 header field. */
const beginsRecord = ({name}: Field): boolean =>
  name === 'dns.qry.name' || name === 'dns.resp.name' || name === 'http2.header.name';

/** Tells whether the field `part` belongs below the field `whole` in the inspector's tree. Their byte ranges and their names decide. */
const isPart = (part: Field, whole: Field): boolean => {
  if (beginsRecord(whole)) return !beginsRecord(part) && part.start >= whole.start;
  if (part.start < whole.start || part.end > whole.end) return false;
  const shorter = part.end - part.start < whole.end - whole.start;
  const named = part.name.startsWith(`${whole.name}.`) || optionHead.test(part.name);
  return named || (shorter && part.start < part.end && holders.test(whole.name));
};

/**
 * A field with the fields below it in the tree. `whole` has the field's position in the reassembled layer; the frame may contain only a
 * part of it.
 */
type Node = {readonly field: Field; readonly whole: Field; readonly parts: Node[]};

const nest = ({fields, reassembled}: Layer): readonly Node[] => {
  const roots: Node[] = [];
  const open: Node[] = [];
  for (const [index, field] of fields.entries()) {
    if (merged.test(field.name)) continue;
    const whole = {...field, ...reassembled?.spans[index]};
    const node: Node = {field, whole, parts: []};
    for (let last = open.at(-1); last && !isPart(whole, last.whole); last = open.at(-1)) open.pop();
    (open.at(-1)?.parts ?? roots).push(node);
    open.push(node);
  }
  return roots;
};

const layerRow = (layer: Layer, layerKey: string): InspectorRow => {
  const counts = new Map<string, number>();
  const row = ({field, parts}: Node, depth: number): InspectorRow => {
    const nth = (counts.get(field.name) ?? 0) + 1;
    counts.set(field.name, nth);
    return {
      key: `${layerKey}:${field.name}#${nth}`,
      depth,
      layer,
      field,
      start: field.start,
      end: field.end,
      children: parts.map((part) => row(part, depth + 1)),
      minor: isMinor(field),
    };
  };
  const children = nest(layer).map((node) => row(node, 1));
  const {start, end} = layer;
  return {key: layerKey, depth: 0, layer, field: undefined, start, end, children, minor: false};
};

const treeOf = oncePer((layers: readonly Layer[]): readonly InspectorRow[] => {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const nth = (counts.get(layer.protocol) ?? 0) + 1;
    counts.set(layer.protocol, nth);
    return layerRow(layer, `${layer.protocol}#${nth}`);
  });
});

/** Returns the tree of a packet's rows: one row for each layer, which contains the rows below it. */
export const rowTree = ({layers}: PacketView): readonly InspectorRow[] => treeOf(layers);

const transports: readonly string[] = ['tcp', 'udp', 'icmp', 'icmpv6', 'arp'];

/** Returns all rows of the tree as a list, each before the rows below it. */
export const allRows = (rows: readonly InspectorRow[]): readonly InspectorRow[] =>
  rows.flatMap((row) => [row, ...allRows(row.children)]);

/** Returns the layer's row that is unfolded at first: DNS, otherwise the transport protocol, otherwise the innermost layer. */
export const mainLayer = (rows: readonly InspectorRow[]): InspectorRow | undefined =>
  rows.find(({layer}) => layer.protocol === 'dns' && !layer.quoted) ??
  rows.find(({layer}) => transports.includes(layer.protocol)) ??
  rows.at(-1);

export const foldOf = (rows: readonly InspectorRow[], folds: Folds, row: InspectorRow): Fold =>
  folds[row.key] ?? (row.key === mainLayer(rows)?.key ? 'main' : 'closed');

export const visibleRows = (view: PacketView, folds: Folds): readonly InspectorRow[] => {
  const rows = rowTree(view);
  const below = (row: InspectorRow): InspectorRow[] => {
    const fold = foldOf(rows, folds, row);
    const shown = fold === 'closed' ? [] : row.children.filter(({minor}) => fold === 'all' || !minor);
    return [row, ...shown.flatMap(below)];
  };
  return rows.flatMap(below);
};

/** Returns the rows from a layer down to the row with this key, both included; empty if there is no such row. */
export const pathTo = (rows: readonly InspectorRow[], key: string): readonly InspectorRow[] => {
  for (const row of rows) {
    if (row.key === key) return [row];
    const rest = pathTo(row.children, key);
    if (rest.length > 0) return [row, ...rest];
  }
  return [];
};
