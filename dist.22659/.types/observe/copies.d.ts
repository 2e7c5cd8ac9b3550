import type { SeenSegment } from './seen-segment.ts';
/** `again`: another packet under the same identification: who sends it counts none, so equal ones tell nothing. */
export type Copied = 'copy' | 'again' | undefined;
export declare class Copies {
    #private;
    /**
     * Has the same packet passed before? `identification`: of the IPv4 header; 0 tells nothing, who sends no fragments may set it so
     * (RFC 6864 §4.1). `ports`: both, in 32 bits.
     */
    take(identification: number, ports: number, { seq, ack, flags, length }: SeenSegment): Copied;
}
