// The type of the facts of a packet that fields, filters and selectors read, from a Trace or from a run that is still going on.
import type {PacketRecord} from '../sim/trace.ts';
import type {Head} from '../wire/http/framing.ts';
import type {TlsPart} from './tls/stream.ts';

/** The facts of a packet that selectors read; `httpHeads` and `tlsParts` return the HTTP and TLS messages that begin in it. */
export type PacketFacts = Pick<PacketRecord, 'frame' | 'retransmission'> & {
  readonly httpHeads: () => readonly Head[];
  readonly tlsParts: () => readonly TlsPart[];
};
