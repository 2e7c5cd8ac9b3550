import type { PacketRecord } from '../sim/trace.ts';
import type { Head } from '../wire/http/framing.ts';
import type { TlsPart } from './tls/stream.ts';
/** `httpHeads`, `tlsParts`: of the messages that begin in it. */
export type PacketFacts = Pick<PacketRecord, 'frame' | 'retransmission'> & {
    readonly httpHeads: () => readonly Head[];
    readonly tlsParts: () => readonly TlsPart[];
};
