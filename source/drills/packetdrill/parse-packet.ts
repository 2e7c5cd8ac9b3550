// Parses a segment of a packetdrill script, `dir [ecn] flags seq:end(len) [ack N] [win N] [urg N] [<options>]`, and ICMP messages.

import {worded} from '../../lesson/text.ts';
import {EXPERIMENTAL, FAST_OPEN, MAGIC} from '../../stack/tcp/fast-open-cookie.ts';
import {type Seq, seq} from '../../wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../wire/tcp.ts';
import {packetdrillParsePacketSentences} from '../../words/catalogue/drills-packetdrill.ts';
import type {Cursor} from './cursor.ts';
import {icmpCode, icmpCodeNames, icmpType, icmpTypeNames} from './icmp-names.ts';
import {flagSigns} from './notation.ts';
import {optionListBytes} from './option-list.ts';
import type {IcmpSpec, PacketSpec, ScriptAction} from './script.ts';

const flagOf = new Map(flagSigns.map(([name, letter]) => [letter, TcpFlag[name]]));

const integer = /\d+/y;
const word = /[a-z_A-Z]\w*/y;
const flagLetters = /[SFRPUEW.]+(?![\w.])|-/y;
const largest = 0xffff_ffff;
const largestPayload = 0xf_ffff;
/** The most bytes of payload in an injected segment: what an IPv4 packet has beyond its header and the longest TCP header. */
const largestInjected = 65_455;

const wholeNumber = (cursor: Cursor, most = largest): number => {
  cursor.skip();
  const offset = cursor.at;
  const value = Number(cursor.expect(integer, packetdrillParsePacketSentences.wholeNumber.value));
  if (value > most) {
    cursor.fail(
      worded(packetdrillParsePacketSentences.tooLarge, {number: value}),
      worded(packetdrillParsePacketSentences.wholeNumber.itself, {most}),
      offset,
    );
  }
  return value;
};

const parseFlags = (cursor: Cursor): number => {
  const letters = cursor.expect(flagLetters, packetdrillParsePacketSentences.parseFlags.letters);
  if (letters === '-') return 0;
  return [...letters].reduce((sum, letter) => sum | (flagOf.get(letter) ?? 0), 0);
};

type Range = Pick<PacketSpec, 'seq' | 'rawSeq' | 'lengthBytes'>;

const parseLength = (cursor: Cursor): number => {
  cursor.expectSign('(');
  const lengthBytes = wholeNumber(cursor, largestPayload);
  cursor.expectSign(')');
  return lengthBytes;
};

const parseRange = (cursor: Cursor): Range => {
  if (cursor.takeSign('...')) return {seq: 'any', rawSeq: false, lengthBytes: parseLength(cursor)};
  cursor.skip();
  const offset = cursor.at;
  const first = wholeNumber(cursor);
  const rawSeq = cursor.takeSign('!');
  cursor.expectSign(':');
  const end = wholeNumber(cursor);
  cursor.takeSign('!');
  const lengthBytes = parseLength(cursor);
  if (end !== seq(first + lengthBytes)) {
    cursor.fail(
      worded(packetdrillParsePacketSentences.parseRange.isNotLong, {first, end, lengthBytes}),
      worded(packetdrillParsePacketSentences.parseRange.writeSYNAnd, {
        first,
        first2: seq(first + lengthBytes),
        lengthBytes,
      }),
      offset,
    );
  }
  return {seq: first, rawSeq, lengthBytes};
};

const seqNumber = (cursor: Cursor): Seq => seq(wholeNumber(cursor));

const parseSack = (cursor: Cursor): TcpOption => {
  const blocks: {left: Seq; right: Seq}[] = [];
  do {
    const left = seqNumber(cursor);
    cursor.expectSign(':');
    blocks.push({left, right: seqNumber(cursor)});
    cursor.skip();
  } while (/\d/.test(cursor.source[cursor.at] ?? '') && blocks.length < 4);
  return {kind: 'sack', blocks};
};

const SIGNATURE = 19;

const expectWord = (cursor: Cursor, wanted: string): void => {
  if (cursor.take(word) !== wanted)
    cursor.expected(worded(packetdrillParsePacketSentences.expectWord, {wanted}));
};

const optionReaders: Readonly<Record<string, (cursor: Cursor) => TcpOption>> = {
  mss: (cursor) => ({kind: 'mss', mss: wholeNumber(cursor, 0xffff)}),
  wscale: (cursor) => ({kind: 'windowScale', shift: wholeNumber(cursor, 0xff)}),
  sackOK: () => ({kind: 'sackPermitted'}),
  nop: () => ({kind: 'nop'}),
  eol: () => ({kind: 'eol'}),
  sack: parseSack,
  // The TCP Fast Open option `FO` in scripts (RFC 7413 §4.1.1), and `FOEXP`, its form while its number was experimental.
  FO: (cursor) => ({kind: 'raw', type: FAST_OPEN, data: octetsAfter(cursor, [])}),
  FOEXP: (cursor) => ({kind: 'raw', type: EXPERIMENTAL, data: octetsAfter(cursor, MAGIC)}),
  // The TCP MD5 signature option in scripts (RFC 2385 §3.0), with a signature of sixteen octets.
  md5: (cursor) => ({kind: 'raw', type: SIGNATURE, data: octetsAfter(cursor, [])}),
  TS: (cursor) => {
    expectWord(cursor, 'val');
    const val = wholeNumber(cursor);
    expectWord(cursor, 'ecr');
    return {kind: 'timestamps', val, ecr: wholeNumber(cursor)};
  },
};

const hexadecimal = /(?:[0-9a-fA-F]{2})+(?![\w])/y;

const octetsAfter = (cursor: Cursor, before: readonly number[]): Uint8Array => {
  const digits = cursor.take(hexadecimal) ?? '';
  return Uint8Array.from([...before, ...(digits.match(/../g) ?? []).map((pair) => Number(`0x${pair}`))]);
};

const parseOption = (cursor: Cursor): TcpOption => {
  cursor.skip();
  const offset = cursor.at;
  const name = cursor.take(word) ?? '';
  const read = Object.hasOwn(optionReaders, name) ? optionReaders[name] : undefined;
  if (read !== undefined) return read(cursor);
  const names = Object.keys(optionReaders).join(', ');
  return cursor.fail(
    worded(packetdrillParsePacketSentences.parseOption.noTCPOption, {name}),
    worded(packetdrillParsePacketSentences.parseOption.knownHere, {names}),
    offset,
  );
};

const parseOptions = (cursor: Cursor): PacketSpec['options'] => {
  if (!cursor.takeSign('<')) return [];
  if (cursor.takeSign('...')) {
    cursor.expectSign('>');
    return 'any';
  }
  if (cursor.takeSign('>')) return [];
  const options: TcpOption[] = [];
  do options.push(parseOption(cursor));
  while (cursor.takeSign(','));
  cursor.expectSign('>');
  return options;
};

const numberAfter = (cursor: Cursor, name: string, most = largest): number | undefined => {
  const before = cursor.at;
  if (cursor.take(word) === name) return wholeNumber(cursor, most);
  cursor.at = before;
  return undefined;
};

const ecnNames = /\[(ect0|ect1|ect01|ce|noecn)\]/y;

const parseTcp = (cursor: Cursor): PacketSpec => {
  const ecn = cursor.take(ecnNames)?.slice(1, -1);
  const flags = parseFlags(cursor);
  const range = parseRange(cursor);
  cursor.skip();
  const offset = cursor.at;
  const ack = numberAfter(cursor, 'ack');
  // A script may leave out `ack N` in a segment with RST; the acknowledgment number is then 0.
  const bare = ack === undefined && (flags & TcpFlag.RST) !== 0;
  if (!bare && (ack === undefined) !== ((flags & TcpFlag.ACK) === 0)) {
    cursor.fail(
      packetdrillParsePacketSentences.parseTcp.ackNAnd,
      packetdrillParsePacketSentences.parseTcp.writeBothOr,
      offset,
    );
  }
  const window = numberAfter(cursor, 'win', 0xffff);
  const urgent = numberAfter(cursor, 'urg', 0xffff) ?? 0;
  return {flags, ...range, ack, window, urgent, options: parseOptions(cursor), ecn};
};

const parseIcmp = (cursor: Cursor): IcmpSpec => {
  cursor.skip();
  const offset = cursor.at;
  const typeName = cursor.take(word) ?? '';
  const type = icmpType(typeName);
  if (type === undefined) {
    const names = icmpTypeNames.join(', ');
    return cursor.fail(
      worded(packetdrillParsePacketSentences.parseIcmp.noICMPMessage, {typeName}),
      worded(packetdrillParsePacketSentences.parseIcmp.knownHere, {names}),
      offset,
    );
  }
  cursor.skip();
  const before = cursor.at;
  const codeName = cursor.take(word);
  if (codeName === 'mtu') cursor.at = before;
  const code = codeName === undefined || codeName === 'mtu' ? 0 : icmpCode(typeName, codeName);
  if (code === undefined) {
    const names = icmpCodeNames(typeName).join(', ');
    return cursor.fail(
      worded(packetdrillParsePacketSentences.parseIcmp.hasNoCode, {typeName, codeName: codeName ?? ''}),
      worded(packetdrillParsePacketSentences.parseIcmp.knownHere, {names}),
      before,
    );
  }
  const mtu = numberAfter(cursor, 'mtu', 0xffff);
  const quoted = cursor.takeSign('[') ? parseRange(cursor).seq : undefined;
  if (quoted !== undefined) cursor.expectSign(']');
  return {type, code, mtu, quotedSeq: quoted === 'any' ? undefined : quoted};
};

const checkInjected = (
  cursor: Cursor,
  {options, seq: first, lengthBytes}: PacketSpec,
  offset: number,
): void => {
  if (options === 'any' || first === 'any') {
    cursor.fail(
      packetdrillParsePacketSentences.checkInjected.onlyStandsIn,
      packetdrillParsePacketSentences.checkInjected.writeWhatIs,
      offset,
    );
  }
  if (lengthBytes > largestInjected) {
    cursor.fail(
      worded(packetdrillParsePacketSentences.checkInjected.octetsDoNot, {lengthBytes}),
      worded(packetdrillParsePacketSentences.checkInjected.injectAtMost, {largestInjected}),
      offset,
    );
  }
  const bytes = optionListBytes(options);
  if (bytes % 4 === 0 && bytes <= 40) return;
  cursor.fail(
    worded(packetdrillParsePacketSentences.checkInjected.theOptionsTake, {bytes}),
    packetdrillParsePacketSentences.checkInjected.padWithNop,
    offset,
  );
};

/** Parses a packet in a script, from its direction `<` or `>` on. */
export const parsePacket = (cursor: Cursor): ScriptAction => {
  cursor.skip();
  const offset = cursor.at;
  const inject = cursor.takeSign('<');
  if (!inject) cursor.expectSign('>');
  const before = cursor.at;
  if (cursor.take(word) === 'icmp') {
    if (inject) return {kind: 'icmp', message: parseIcmp(cursor)};
    cursor.fail(
      packetdrillParsePacketSentences.parsePacket.icmpCanOnly,
      packetdrillParsePacketSentences.parsePacket.writeIcmp,
      offset,
    );
  }
  cursor.at = before;
  const packet = parseTcp(cursor);
  if (!inject) return {kind: 'expect', packet};
  checkInjected(cursor, packet, offset);
  return {kind: 'inject', packet};
};
