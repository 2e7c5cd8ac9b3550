// Where each field stands. Oracle: tshark's packet tree, stored for the odd frames and for those recorded frames that are the first
// to have some field (fixtures/captures/rows.tshark.json, written anew with UPDATE_TSHARK=1).
import {readFileSync, writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {type Dissection, dissect} from '../../source/wire/dissect.ts';
import {captureFiles, captureFolder, readCapture, todayFiles} from './captures.ts';
import {oddities, ofOddities} from './odd-frames.ts';
import type {Oddity} from './oddities.ts';
import {httpPorts, tsharkMissing} from './tshark.ts';
import {type Row, treesOf} from './tshark-tree.ts';

const oddityFile = 'oddities';
const sources: readonly string[] = [...captureFiles, ...todayFiles.keys(), oddityFile];
const file = `${captureFolder}rows.tshark.json`;

/** By capture and number of frame: each row as `name start…end value`. */
type Stored = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Where Wireshark has no value of its own, and we the octets. */
const noValue = /^(tls\.(handshake\.\w+|change_cipher_spec)|http\.\w+\.line|dns\.opt\.cookie\.server)$/;

/** Parts of a word stand here in their octets, there in the whole of it; what is computed stands here in none. */
const noPlace =
  /^(dns\.(flags|qry\.name\.len|count\.labels)|vlan\.(priority|dei)|ipv6\.tclass|icmpv6\.nd\.na\.flag\.|tcp\.options\.wscale\.m|http\.re(quest|sponse)$|ipv6\.fraghdr\.[mr]|udp\.checksum\.s|dns\.dnskey\.key_id)/;

/** Rows that one side has where the other goes on, or calls something else. */
const notBoth = /^(data\.|ip\.version$|tls\.(handshake|alert_message)$)/;

/** Of a field there the line, with its end, is the place; here its value (RFC 9112 §5). */
const fieldLine = /^http\.(?!request|response|cookie_pair)/;

const longest = 48;
const shortened = (value: string): string =>
  value.length > longest ? `${value.slice(0, longest / 2)}…${value.slice(-longest / 2)}` : value;

const told = ({name, value, start, end}: Row): string => {
  // Wireshark's row of a distinguished name begins behind the outermost identifier and length.
  const from = name === 'tls.handshake.dname' ? '' : start;
  const place = noPlace.test(name) ? '' : `${from}…${end}`;
  return `${name} ${place} ${noValue.test(name) ? '' : shortened(value.replaceAll(':', ''))}`;
};

const valueOnly = (row: Row): Row =>
  fieldLine.test(row.name) ? {...row, start: row.end - 2 - row.value.length, end: row.end - 2} : row;

const nameIn = (row: string): string => row.slice(0, row.indexOf(' '));

type Frame = Pick<Oddity, 'bytes' | 'linkType' | 'originalLength' | 'except'>;

const dissected = ({bytes, linkType, originalLength}: Frame): Dissection =>
  dissect(bytes, linkType, originalLength);

const rowsIn = ({layers}: Dissection): readonly Row[] => layers.flatMap(({fields}) => fields);

const framesOf = (capture: string): readonly Frame[] =>
  capture === oddityFile ? oddities : readCapture(capture).records;

/** What is called the same here and there. */
const ourNames = (): ReadonlySet<string> =>
  new Set(
    sources
      .flatMap(framesOf)
      .flatMap((frame) => rowsIn(dissected(frame)))
      .map(({name}) => name)
      .filter((name) => !notBoth.test(name)),
  );

const isGuess = (rows: readonly Row[]): boolean =>
  rows.every(({name, value}) => !name.endsWith('port') || !httpPorts.includes(value));

const treeOf = (source: string): readonly (readonly Row[])[] =>
  source === oddityFile ? ofOddities(treesOf) : treesOf(todayFiles.get(source) ?? captureFolder + source);

/** Of recorded frames those that are the first to have some field. */
const chosen = (): Stored => {
  const names = ourNames();
  const known = new Set<string>();
  const frameOf = (source: string, rows: readonly Row[], index: number) => {
    const both = rows.filter(({name}) => names.has(name) && !(name.startsWith('http.') && isGuess(rows)));
    if (source !== oddityFile && both.every(({name}) => known.has(name))) return [];
    for (const {name} of both) known.add(name);
    return [[index + 1, both.map(valueOnly).map(told)]];
  };
  return Object.fromEntries(
    sources.map((source) => [
      source,
      Object.fromEntries(treeOf(source).flatMap((rows, index) => frameOf(source, rows, index))),
    ]),
  );
};

if (process.env['UPDATE_TSHARK'] !== undefined && !tsharkMissing())
  writeFileSync(file, `${JSON.stringify(chosen(), undefined, 1)}\n`);

const stored: Stored = JSON.parse(readFileSync(file, 'utf8'));
const names = new Set(
  Object.values(stored)
    .flatMap((frames) => Object.values(frames).flat())
    .map(nameIn),
);

test.each(Object.entries(stored))('%s', (source, rowsOf) => {
  const frames = framesOf(source);
  for (const [number, rows] of Object.entries(rowsOf)) {
    const frame = frames[Number(number) - 1];
    if (!frame) throw new Error(`${source} has no frame ${number}`);
    const dissection = dissected(frame);
    const ours = rowsIn(dissection)
      .filter(({name}) => names.has(name))
      .map(told);
    // How far each goes on behind what is damaged is a matter of taste.
    const [here, there] = [new Set(ours.map(nameIn)), new Set(rows.map(nameIn))];
    const isCompared = (row: string): boolean =>
      !frame.except?.includes(nameIn(row)) &&
      (source !== oddityFile ||
        dissection.problem === undefined ||
        (here.has(nameIn(row)) && there.has(nameIn(row))));
    expect(ours.filter(isCompared).sort(), `frame ${number}`).toEqual(rows.filter(isCompared).sort());
  }
});
