// Segments as a capture has them, said in few words.
import {Flag, type SeenSegment} from '../../source/observe/seen-segment.ts';
import {seq} from '../../source/wire/seq.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';

export const {fin: FIN, syn: SYN, rst: RST, psh: PSH, ack: ACK} = Flag;

type Given = Partial<Omit<SeenSegment, 'seq' | 'ack' | 'data'>> & {
  readonly seq?: number;
  readonly ack?: number;
  readonly text?: string;
};

/** Frame 1 at 0 µs, with ACK if it has `ack`; all of `text` was captured. */
export const segmentOf = ({text = '', seq: first = 0, ack, flags = 0, ...rest}: Given): SeenSegment => {
  const data = encodeUtf8(text);
  return {
    frame: 1,
    atUs: 0,
    window: 1000,
    length: data.length,
    opening: undefined,
    sack: [],
    sacks: false,
    ...rest,
    data,
    seq: seq(first),
    ack: seq(ack ?? 0),
    flags: flags | (ack === undefined ? 0 : ACK),
  };
};
