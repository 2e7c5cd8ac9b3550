// What is said of packets that the path held up, judged by raw events.
import {row, type Said} from './said.ts';
import {flagsOf, type Of, segmentOf} from './seen.ts';
import {forgedEn, forgedZh, isThing, packetKinds} from './thing.ts';

const thingEn = `(?:(?:The )?(?<flags>${packetKinds})|The ACK with ack=#ack|The probe with seq=#seq2|Packet #packet|The (?<dns>query|response)(?: (?:for|about) the ~type record)?)(?:, #bytes bytes? from seq=#seq|(?<icmp>, an ICMP message))?${forgedEn}(?: with seq=#seq4| \\(packet #nth\\))?,?`;
const thingZh = `(?:seq=#seq4 的 )?${forgedZh}(?:(?<flags>${packetKinds})|ack=#ack 的 ACK|seq=#seq2 的探测|第 #packet 个分组(?:（seq=#seq 起的 #bytes 字节）|(?<icmp>（ICMP 报文）))?|(?:~type 记录的)?(?<dns>查询|响应))(?:（第 #nth 个分组）)? ?`;

const isNamed = (said: Said, packet: number): boolean =>
  isThing(said, segmentOf(said.trace, packet), packet) &&
  (!said.has('nth') || said.number('nth') === packet) &&
  (!said.has('seq4') || segmentOf(said.trace, packet)?.seq === said.number('seq4'));

/** An ACK of the same number has left between the same ends. */
const isRepeated = (said: Said, packet: number): boolean => {
  const own = segmentOf(said.trace, packet);
  return said.ever('send').some((send) => {
    if (send.packet < 1 || send.packet === packet) return false;
    const other = segmentOf(said.trace, send.packet);
    return (
      said.trace.packet(send.packet).from === said.trace.packet(packet).from &&
      other !== undefined &&
      flagsOf(other) === 'ACK' &&
      other.payload.length === 0 &&
      other.ack === own?.ack &&
      other.srcPort === own.srcPort &&
      other.dstPort === own.dstPort
    );
  });
};

/** Of what goes by its flags or its acknowledgment number alone, and of which its sender has sent several, one says which it is. */
export const isToldApart = (said: Said, packet: number): boolean => {
  if (said.has('nth') || said.has('seq4')) return true;
  if (said.has('ack')) return !isRepeated(said, packet);
  if (!said.has('flags')) return true;
  const kind = (of: number): string => {
    const segment = segmentOf(said.trace, of);
    const flags = segment ? flagsOf(segment) : '';
    return /RST|FIN/.exec(flags)?.[0] ?? flags;
  };
  return !said
    .ever('send')
    .some(
      (send) =>
        send.packet > 0 &&
        send.packet !== packet &&
        said.trace.packet(send.packet).from === said.trace.packet(packet).from &&
        (segmentOf(said.trace, send.packet)?.payload.length ?? 0) === 0 &&
        kind(send.packet) === kind(packet),
    );
};

/** How long those took that their sender sent behind it and that have come there. */
const othersTookUs = (said: Said, {packet, host}: Of<'arrive'>): readonly number[] =>
  said
    .ever('arrive', host)
    .filter((each) => each.packet > packet && each.n < said.n)
    .filter((each) => said.trace.packet(each.packet).from === said.trace.packet(packet).from)
    .map((each) => each.atUs - said.trace.packet(each.packet).sentUs);

/** Those that come now, and that the path was to delay. */
export const heldUp = (said: Said): readonly Of<'arrive'>[] =>
  said
    .now('arrive')
    .filter(({packet}) =>
      said
        .ever('send')
        .some(
          (send) =>
            send.packet === packet &&
            send.dueUs > send.atUs &&
            send.faults.some((fault) => /^(?:delay|reorder)=/.test(fault)),
        ),
    );

/** Routers pass on; what dies at one of them has come as far as it gets. */
export const isThere = ({trace, future, instant}: Said, {packet, host}: Of<'arrive'>): boolean =>
  host === trace.packet(packet).to ||
  [...instant, ...future].every(
    (event) => event.kind !== 'send' || event.packet !== packet || event.hop === 0 || event.host !== host,
  );

const isOfOneConnection = ({trace}: Said, ...packets: readonly number[]): boolean =>
  new Set(
    packets.map((packet) => {
      const {srcPort, dstPort} = segmentOf(trace, packet) ?? {};
      return `${srcPort} ${dstPort}`;
    }),
  ).size === 1;

export const lateRows = [
  row(
    `${thingEn} arrives late(?: and says nothing new)?: it left @ago ago`,
    `${thingZh}迟到了：它 @ago 前就已发出`,
    (said) => {
      const late = heldUp(said);
      return {
        'it comes now': late.some(({packet}) => isNamed(said, packet)),
        'which of several': late.some(({packet}) => isToldApart(said, packet)),
        'to whom it is for': late.some((each) => isThere(said, each)),
        'when it left': late.some(({packet}) =>
          said.isTime('ago', said.atUs - said.trace.packet(packet).sentUs),
        ),
        'others took less': late.some((each) =>
          othersTookUs(said, each).every(
            (us) => 1.1 * us < said.atUs - said.trace.packet(each.packet).sentUs,
          ),
        ),
      };
    },
  ),
  row(`${thingEn} has been overtaken`, `${thingZh}被超过了`, (said) => {
    const late = heldUp(said);
    return {
      'it comes now': late.some(({packet}) => isNamed(said, packet)),
      'which of several': late.some(({packet}) => isToldApart(said, packet)),
      'to whom it is for': late.some((each) => isThere(said, each)),
      'by one that took nearly as long': late.some((each) =>
        othersTookUs(said, each).some((us) => 1.1 * us >= said.atUs - said.trace.packet(each.packet).sentUs),
      ),
    };
  }),
  row(
    '(?:(?<one>[Oo]ne) packet|#count packets)(?:(?<own> of its connection)| of its sender’s (?<alien>other) connections|(?<same> of the same sender))? sent later got there first',
    '(?:(?<own>同一条连接上)|(?<alien>别的)连接上|(?<same>同一发送方))?比它晚发的 #count 个分组先到',
    (said) => ({
      'so many': said.now('arrive').some(({packet, host}) => {
        const came = said.ever('arrive', host).filter((each) => each.packet > packet && each.n < said.n);
        const isByIts = (each: number): boolean =>
          said.trace.packet(each).from === said.trace.packet(packet).from;
        const overtakers = new Set(
          came
            .map((each) => each.packet)
            .filter((each) => isByIts(each) || !['own', 'alien', 'same'].some((name) => said.has(name)))
            .filter((each) => !said.has('own') || isOfOneConnection(said, each, packet))
            .filter((each) => !said.has('alien') || !isOfOneConnection(said, each, packet)),
        );
        return overtakers.size === (said.has('one') ? 1 : said.number('count'));
      }),
    }),
  ),
];
