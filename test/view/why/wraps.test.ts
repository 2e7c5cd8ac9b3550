// *Why?* of numbers that go beyond 2^32 - 1 (RFC 9293 §3.4: all arithmetic on sequence numbers is modulo 2^32). Oracle: the same sums in
// whole numbers, done by hand.
import {expect, test} from 'vitest';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {wraps} from '../../../source/view/why/arithmetic.ts';
import {encodeFrame} from '../../../source/wire/frame.ts';
import {encodePcap} from '../../../source/wire/pcap/writer.ts';
import {seqAdd} from '../../../source/wire/seq.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {traceOfFile} from '../../helpers/captured.ts';
import {open, started} from '../player.ts';

test.each([
  ['4294967290  +  20  =  14', true],
  ['4294967290  ≤  14', true],
  ['4294967000  <  200  ≤  500', true],
  ['14  =  4294967290  +  20', true],
  ['1001  +  1000  =  2001', false],
  ['1001  ≤  1001  <  4294967295', false],
  ['2 s  =  2  ×  1 s', false],
  ['?  =  4294967290  +  20', false],
  // What does not hold at all is no reason to speak of 2^32.
  ['100  =  140  −  20  −  32', false],
  ['1002  ≤  1001', false],
  ['4294967290  ≤  14  ≤  13', false],
])('%s: %s', (numbers, expected) => {
  expect(wraps(['', numbers])).toBe(expected);
});

/** Behind the SYN of packet 1, whose numbers count from here, 2^32 is crossed by the first data. */
const nearEnd = 0xffff_fff0;

const crossing = () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'loss-recovery base') ?? expect.fail());
  const [client] = trace.header.hosts;
  const records = [...Array(5).keys()].map((index) => {
    const packet = trace.packet(index + 1);
    const {frame} = packet;
    if (frame?.payload.kind !== 'ip' || frame.payload.packet.transport.kind !== 'tcp') return expect.fail();
    const {segment} = frame.payload.packet.transport;
    const moved = (value: typeof segment.seq) => seqAdd(value, nearEnd - 1000);
    const shifted =
      packet.from === client?.name
        ? {...segment, seq: moved(segment.seq)}
        : {...segment, ack: moved(segment.ack)};
    const transport = {...frame.payload.packet.transport, segment: shifted};
    const bytes = encodeFrame({
      ...frame,
      payload: {...frame.payload, packet: {...frame.payload.packet, transport}},
    });
    return {atUs: packet.sentUs, bytes, originalLength: bytes.length};
  });
  return traceOfFile(Buffer.concat([...encodePcap(1, records)]), 'crossing.pcap');
};

test('a sum that crosses 2^32 says that numbers count modulo 2^32', () => {
  const trace = crossing();
  const why = (packet: number, language: 'en' | 'zh' = 'en') => {
    const view = viewOf({
      ...open({trace, source: 'capture'}),
      playback: started({language, viewMs: 1e9, relative: false}),
      message: undefined,
    });
    return whyAbout(
      {...view, cursor: trace.packet(packet).sendEvent},
      {kind: 'variable', host: trace.packet(1).from, name: 'snd.nxt'},
    );
  };
  // 0xfffffff1 + 1000 is 985 behind 2^32.
  const {formulas, paragraphs} = why(4);
  expect(formulas[0]?.[1]?.replace(/\s+/g, ' ')).toBe('985 = 4294967281 + 1000');
  expect(paragraphs.at(-1)).toBe(
    'Sequence numbers have 32 bits, so after 4294967295 they begin again at 0 (RFC 9293 §3.4).',
  );
  expect(why(4, 'zh').paragraphs.at(-1)).toBe(
    '序号只有 32 位，4294967295 之后又从 0 开始（RFC 9293 §3.4）。',
  );
  expect(why(1).paragraphs.join(' ')).not.toContain('2^32');
});

test('a sum of lengths stays one, however often it is asked', () => {
  const lengths = Array.from({length: 40_000}, (_, nth) => nth % 1460);
  const wrong = lengths.filter((length) => wraps(['', `${length}  =  ${length + 52}  −  20  −  32`]));
  expect(wrong).toEqual([]);
});
