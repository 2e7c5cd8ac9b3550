// A packet as a sentence calls it.
import {dnsIn} from '../../../source/wire/dns/carried.ts';
import {typeName} from '../../../source/wire/dns/registry.ts';
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import type {Said} from './said.ts';
import {flagsOf} from './seen.ts';

/** Behind what was sent under another's address; before it in Chinese. */
export const forgedEn = '(?: from <forger> (?:in the name of <alleged>|with the forged address \\S+))?';
export const forgedZh = '(?:<forger>(?:冒充<alleged>|冒用地址 \\S+ ?)发出的)?';

/** A packet as a sentence calls it; which flags and numbers that claims. */
export const thingEn = `(?:the (?<flags>SYN,ACK|SYN|FIN|RST)|the ACK with ack=#ack(?: \\(seq=#seq3\\))?|the probe with seq=#seq2|the #bytes bytes? from seq=#seq(?<fin> and the FIN)?|the byte from seq=#seq1|(?<dns>the query|the response)(?: (?:for|about) the ~type record)?|packet #packet)${forgedEn}`;
export const thingZh = `${forgedZh} ?(?:(?<flags>SYN,ACK|SYN|FIN|RST)|ack=#ack 的 ACK(?:（seq=#seq3）)?|seq=#seq2 的探测|seq=#seq 起的 #bytes 字节(?<fin>和 FIN)?|(?:这个| ?~type 记录的)(?<dns>查询|响应)|第 #packet 个分组)`;

const typesIn = (said: Said, packet: number): readonly string[] => {
  const {frame} = said.trace.packet(packet);
  const messages = frame?.payload.kind === 'ip' ? dnsIn(frame.payload.packet.transport) : [];
  return messages.flatMap(({questions}) => questions.map(({type}) => typeName(type)));
};

/** A message of DNS of that type; without one nothing of another type that leaves with it is to or from who asks. */
export const isOfType = (said: Said, messages: readonly {readonly packet: number}[]): boolean =>
  messages.some(({packet}) => {
    if (packet < 1) return false;
    const own = typesIn(said, packet);
    if (said.has('type')) return own.includes(said.word('type'));
    const {from, to, sentUs} = said.trace.packet(packet);
    return said.ever('send').every((event) => {
      if (event.packet < 1 || event.atUs !== sentUs) return true;
      const other = said.trace.packet(event.packet);
      const isBetween = other.sentUs === sentUs && other.from === from && other.to === to;
      return !isBetween || typesIn(said, event.packet).every((type) => own.includes(type));
    });
  });

export const isThing = (said: Said, segment: TcpSegment | undefined, packet: number): boolean => {
  if (said.has('forger') && said.trace.packet(packet).from !== said.host('forger')) return false;
  if (said.has('dns')) return segment === undefined && isOfType(said, [{packet}]);
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
