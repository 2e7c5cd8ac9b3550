import type { Reading, SeenMessage } from '../../observe/http-exchanges.ts';
import { type View } from '../view.ts';
export type MessageLine = {
    readonly kind: 'heading' | 'start' | 'field' | 'note' | 'text' | 'hex';
    /** Of a field: its name. */
    readonly name: string;
    readonly text: string;
    /** The far end has it. */
    readonly arrived: boolean;
    /** An open question asks for it. */
    readonly hidden: boolean;
    /** Those that carry it. */
    readonly packets: readonly number[];
};
/** The packet field of a header field: `Set-Cookie` is `http.set_cookie`. */
export declare const packetFieldOf: (name: string) => string;
/** Heading first. */
export declare const messageLines: (view: View, reading: Reading, message: SeenMessage) => readonly MessageLine[];
