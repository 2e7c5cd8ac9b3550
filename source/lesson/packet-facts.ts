// The facts of a packet that fields, filters and selectors need, from a Trace or from a run that still goes on.
import type {PacketRecord} from '../sim/trace.ts';
import type {Head} from '../wire/http/framing.ts';
import type {TlsPart} from './tls/stream.ts';

/** The facts of a packet; `httpHeads` and `tlsParts` return the messages that begin in it. */
export type PacketFacts = Pick<PacketRecord, 'frame' | 'retransmission'> & {
  readonly httpHeads: () => readonly Head[];
  readonly tlsParts: () => readonly TlsPart[];
};
