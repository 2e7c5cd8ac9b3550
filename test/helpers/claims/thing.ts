// A packet as a sentence calls it.
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import type {Said} from './said.ts';
import {flagsOf} from './seen.ts';

/** Those that go by their flags. */
export const packetKinds = 'SYN,ACK|SYN|FIN|RST';

/** Behind what was sent under another's address; before it in Chinese. */
export const forgedEn = '(?: from <forger> (?:in the name of <alleged>|with the forged address \\S+))?';
export const forgedZh = '(?:<forger>(?:冒充<alleged>|冒用地址 \\S+ ?)发出的)?';

/** A packet as a sentence calls it; which flags and numbers that claims. */
export const thingEn = `(?:the (?<flags>SYN,ACK|SYN|FIN|RST)|the ACK with ack=#ack(?: \\(seq=#seq3\\))?|the probe with seq=#seq2|the #bytes bytes? from seq=#seq(?<fin> and the FIN)?|the byte from seq=#seq1|(?<dns>the query|the response)|packet #packet)${forgedEn}`;
export const thingZh = `${forgedZh} ?(?:(?<flags>SYN,ACK|SYN|FIN|RST)|ack=#ack 的 ACK(?:（seq=#seq3）)?|seq=#seq2 的探测|seq=#seq 起的 #bytes 字节(?<fin>和 FIN)?|(?<dns>这个查询|这个响应)|第 #packet 个分组)`;

export const isThing = (said: Said, segment: TcpSegment | undefined, packet: number): boolean => {
  if (said.has('forger') && said.trace.packet(packet).from !== said.host('forger')) return false;
  if (said.has('dns')) return segment === undefined;
  if (said.has('packet') && !said.has('seq'))
    return packet === said.number('packet') && !(said.has('icmp') && segment);
  if (!segment) return false;
  const own = flagsOf(segment);
  if (said.has('flags')) {
    const flags = said.word('flags');
    if (flags === 'FIN' || flags === 'RST') return own.includes(flags);
    return own === flags;
  }
  if (said.has('seq3') && segment.seq !== said.number('seq3')) return false;
  if (said.has('ack')) return segment.payload.length === 0 && segment.ack === said.number('ack');
  if (said.has('seq2')) return segment.payload.length === 0 && segment.seq === said.number('seq2');
  if (said.has('seq1')) return segment.seq === said.number('seq1') && segment.payload.length === 1;
  const isWhole = hasFlag(segment, 'FIN') === said.has('fin');
  return isWhole && segment.seq === said.number('seq') && segment.payload.length === said.number('bytes');
};
