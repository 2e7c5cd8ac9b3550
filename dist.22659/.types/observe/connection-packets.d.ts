import type { ConnectionPackets } from '../sim/trace.ts';
/** `idOf`: the number of the connection of packet 1 … `packetCount`; undefined: it is no segment of TCP. */
export declare const connectionPackets: (packetCount: number, idOf: (packet: number) => number | undefined) => ConnectionPackets;
