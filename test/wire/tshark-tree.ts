// Wireshark's packet tree (PDML): name, place and value of every field, quoted packets and messages of one segment in order.
import {spawnSync} from 'node:child_process';
import {tsharkPreferences} from './tshark.ts';

export type Row = {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
};

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

const attribute = (line: string, name: string): string =>
  (new RegExp(` ${name}="([^"]*)"`).exec(line)?.[1] ?? '').replaceAll(
    /&(?:#x([0-9A-Fa-f]+)|(\w+));/g,
    (whole, hex: string | undefined, entity: string) =>
      hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (entities[entity] ?? whole),
  );

/** Octets without colons, booleans and numbers as `-T fields` prints them. */
const printedValue = (line: string): string => {
  const shown = attribute(line, 'show');
  const boolean = {True: '1', False: '0'}[shown];
  return boolean ?? (/^([0-9a-f]{2}:)+[0-9a-f]{2}$/.test(shown) ? shown.replaceAll(':', '') : shown);
};

const rowOf = (line: string): Row => {
  const start = Number(attribute(line, 'pos'));
  return {
    // Wireshark knows from earlier segments that the version is 1.3.
    name: attribute(line, 'name').replace('tls.record.opaque_type', 'tls.record.content_type'),
    value: printedValue(line),
    start,
    end: start + Number(attribute(line, 'size')),
  };
};

/** The rows of each frame. */
export const treesOf = (file: string): readonly (readonly Row[])[] => {
  const options = tsharkPreferences.flatMap((preference) => ['-o', preference]);
  const {stdout} = spawnSync('tshark', ['-n', '-r', file, '-T', 'pdml', ...options], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return stdout
    .split('<packet>')
    .slice(1)
    .map((packet) =>
      packet
        .split('\n')
        .filter((line) => /<field name="[^"]/.test(line))
        .map(rowOf),
    );
};
