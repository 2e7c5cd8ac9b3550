import type { FragmentPlace } from '../wire/frame-headers.ts';
export declare class Fragments {
    #private;
    /** `key`: addresses, protocol. `bytes`: the whole of what the fragment carries. The datagram's payload, once it is whole. */
    add(key: string, { id, offset, more }: FragmentPlace, bytes: Uint8Array): Uint8Array | undefined;
}
