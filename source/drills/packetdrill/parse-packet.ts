// A segment line: `dir [ecn] flags seq:end(len) [ack N] [win N] [urg N] [<options>]`, and ICMP messages.

import {text} from '../../lesson/problem.ts';
import {type Seq, seq} from '../../wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../wire/tcp.ts';
import type {Cursor} from './cursor.ts';
import {icmpCode, icmpCodeNames, icmpType, icmpTypeNames} from './icmp-names.ts';
import {optionListBytes} from './option-list.ts';
import type {IcmpSpec, PacketSpec, ScriptAction} from './script.ts';

const flagOf: Readonly<Record<string, number>> = {
  S: TcpFlag.SYN,
  F: TcpFlag.FIN,
  R: TcpFlag.RST,
  P: TcpFlag.PSH,
  '.': TcpFlag.ACK,
  U: TcpFlag.URG,
  E: TcpFlag.ECE,
  W: TcpFlag.CWR,
};

const integer = /\d+/y;
const word = /[a-z_A-Z]\w*/y;
const flagLetters = /[SFRPUEW.]+(?![\w.])|-/y;
const largest = 0xffff_ffff;
const largestPayload = 0xf_ffff;
/** What an IPv4 packet holds beside the longest headers; in bytes. */
const largestInjected = 65_455;

const wholeNumber = (cursor: Cursor, most = largest): number => {
  cursor.skip();
  const offset = cursor.at;
  const value = Number(cursor.expect(integer, text('a whole number', '一个整数')));
  if (value > most) {
    cursor.fail(
      text(`${value} is too large`, `${value} 太大`),
      text(`at most ${most} fits here`, `这里最多写 ${most}`),
      offset,
    );
  }
  return value;
};

const parseFlags = (cursor: Cursor): number => {
  const letters = cursor.expect(flagLetters, text('flags such as S. or F', '标志，例如 S. 或 F'));
  if (letters === '-') return 0;
  return [...letters].reduce((sum, letter) => sum | (flagOf[letter] ?? 0), 0);
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
      text(`${first}:${end} is not ${lengthBytes} long`, `${first}:${end} 的长度不是 ${lengthBytes}`),
      text(
        `write ${first}:${seq(first + lengthBytes)}(${lengthBytes}): SYN and FIN take no room here`,
        `应写 ${first}:${seq(first + lengthBytes)}(${lengthBytes})：SYN 和 FIN 在这里不占长度`,
      ),
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

const expectWord = (cursor: Cursor, wanted: string): void => {
  if (cursor.take(word) !== wanted) cursor.expected(text(`“${wanted}”`, `「${wanted}」`));
};

const optionReaders: Readonly<Record<string, (cursor: Cursor) => TcpOption>> = {
  mss: (cursor) => ({kind: 'mss', mss: wholeNumber(cursor, 0xffff)}),
  wscale: (cursor) => ({kind: 'windowScale', shift: wholeNumber(cursor, 0xff)}),
  sackOK: () => ({kind: 'sackPermitted'}),
  nop: () => ({kind: 'nop'}),
  eol: () => ({kind: 'eol'}),
  sack: parseSack,
  TS: (cursor) => {
    expectWord(cursor, 'val');
    const val = wholeNumber(cursor);
    expectWord(cursor, 'ecr');
    return {kind: 'timestamps', val, ecr: wholeNumber(cursor)};
  },
};

const parseOption = (cursor: Cursor): TcpOption => {
  cursor.skip();
  const offset = cursor.at;
  const name = cursor.take(word) ?? '';
  const read = optionReaders[name];
  if (read !== undefined) return read(cursor);
  const names = Object.keys(optionReaders).join(', ');
  return cursor.fail(
    text(`no TCP option “${name}”`, `没有名为「${name}」的 TCP 选项`),
    text(`known here: ${names}`, `这里可以写：${names}`),
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
  if ((ack === undefined) !== ((flags & TcpFlag.ACK) === 0)) {
    cursor.fail(
      text('“ack N” and the flag “.” go together', '「ack N」和标志「.」要一起出现'),
      text('write both or neither', '两个都写，或都不写'),
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
      text(`no ICMP message “${typeName}”`, `没有名为「${typeName}」的 ICMP 消息`),
      text(`known here: ${names}`, `这里可以写：${names}`),
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
      text(`${typeName} has no code “${codeName}”`, `${typeName} 没有代码「${codeName}」`),
      text(`known here: ${names}`, `这里可以写：${names}`),
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
      text('“...” only stands in an expected packet', '「...」只能出现在期望的分组里'),
      text('write what is to be injected', '写出要注入的内容'),
      offset,
    );
  }
  if (lengthBytes > largestInjected) {
    cursor.fail(
      text(`${lengthBytes} octets do not fit into one packet`, `一个分组装不下 ${lengthBytes} 个字节`),
      text(`inject at most ${largestInjected}`, `最多注入 ${largestInjected}`),
      offset,
    );
  }
  const bytes = optionListBytes(options);
  if (bytes % 4 === 0 && bytes <= 40) return;
  cursor.fail(
    text(`the options take ${bytes} octets`, `选项占 ${bytes} 个字节`),
    text('pad with nop or eol to a multiple of 4, at most 40', '用 nop 或 eol 补到 4 的倍数，最多 40'),
    offset,
  );
};

/** Begins at `<` or `>`. */
export const parsePacket = (cursor: Cursor): ScriptAction => {
  cursor.skip();
  const offset = cursor.at;
  const inject = cursor.takeSign('<');
  if (!inject) cursor.expectSign('>');
  const before = cursor.at;
  if (cursor.take(word) === 'icmp') {
    if (inject) return {kind: 'icmp', message: parseIcmp(cursor)};
    cursor.fail(
      text('ICMP can only be injected', 'ICMP 只能注入'),
      text('write `< icmp …`', '写成 `< icmp …`'),
      offset,
    );
  }
  cursor.at = before;
  const packet = parseTcp(cursor);
  if (!inject) return {kind: 'expect', packet};
  checkInjected(cursor, packet, offset);
  return {kind: 'inject', packet};
};
