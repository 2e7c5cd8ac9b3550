// What tshark says of the messages in a capture: PDML, which keeps the order and the nesting that its other forms lose.
import {spawnSync} from 'node:child_process';

/** `depth`: how deep it stands inside its protocol. */
export type Shown = {
  readonly name: string;
  readonly show: string;
  readonly text: string;
  /** Octets in hexadecimal. */
  readonly value: string;
  readonly depth: number;
};

/** One protocol of one frame: of several messages in a frame each is one. */
export type Proto = {readonly name: string; readonly fields: readonly Shown[]};

export type Dissected = {readonly frame: number; readonly protos: readonly Proto[]};

/** Output of tshark; it goes on over what is damaged, and so do we. */
export const runTshark = (args: readonly string[]): string =>
  spawnSync('tshark', ['-n', ...args], {encoding: 'utf8', maxBuffer: 1 << 29}).stdout;

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

const unescaped = (text: string): string =>
  text.replace(/&(?:#x([0-9A-Fa-f]+)|(\w+));/g, (whole, hex: string | undefined, name: string) =>
    hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (entities[name] ?? whole),
  );

const attribute = (line: string, name: string): string =>
  unescaped(new RegExp(` ${name}="([^"]*)"`).exec(line)?.[1] ?? '');

const shownIn = (line: string, depth: number): Shown => ({
  name: attribute(line, 'name'),
  show: attribute(line, 'show'),
  text: attribute(line, 'showname'),
  value: attribute(line, 'value'),
  depth,
});

type Growing = {name: string; fields: Shown[]};

const packetOf = (xml: string): Dissected => {
  const protos: Growing[] = [];
  let depth = 0;
  for (const line of xml.split('\n').map((each) => each.trim())) {
    if (line.startsWith('<proto ')) protos.push({name: attribute(line, 'name'), fields: []});
    if (line.startsWith('<field ')) protos.at(-1)?.fields.push(shownIn(line, depth));
    if (line.startsWith('<field ') && !line.endsWith('/>')) depth += 1;
    if (line.startsWith('</field>')) depth -= 1;
  }
  const number = protos[0]?.fields.find(({name}) => name === 'num')?.show;
  return {frame: Number(number), protos};
};

/** The frames that `filter` lets through. `keyLog`: of TLS, beside what the file itself may hold. */
export const dissectedBy = (
  file: string,
  filter: string,
  keyLog: string | undefined,
): readonly Dissected[] => {
  const keys = keyLog === undefined ? [] : ['-o', `tls.keylog_file:${keyLog}`];
  // By default what comes out of order ends a stream; the bytes themselves have an order (RFC 9293 §3.4).
  const order = ['-o', 'tcp.reassemble_out_of_order:TRUE'];
  return runTshark(['-r', file, ...keys, ...order, '-T', 'pdml', '-Y', filter])
    .split('<packet>')
    .slice(1)
    .map(packetOf);
};

export const fieldOf = (fields: readonly Shown[], name: string): Shown | undefined =>
  fields.find((field) => field.name === name);

/** The address and port that the frame goes from or to. */
export const endpointOf = ({protos}: Dissected, which: 'src' | 'dst'): string => {
  const ip = protos.findLast(({name}) => name === 'ip' || name === 'ipv6');
  const transport = protos.findLast(({name}) => name === 'tcp' || name === 'udp');
  const address = fieldOf(ip?.fields ?? [], `${ip?.name}.${which}`)?.show ?? '';
  const port = fieldOf(transport?.fields ?? [], `${transport?.name}.${which}port`)?.show ?? '';
  return ip?.name === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`;
};

export const streamOf = ({protos}: Dissected): number =>
  Number(fieldOf(protos.findLast(({name}) => name === 'tcp')?.fields ?? [], 'tcp.stream')?.show);
