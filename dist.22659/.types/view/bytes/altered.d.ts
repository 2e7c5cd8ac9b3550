import type { PacketRecord } from '../../sim/trace.ts';
import type { Frame } from '../../wire/frame.ts';
import { type View } from '../view.ts';
export type AlteredField = {
    readonly name: string;
    readonly sent: string;
    readonly arrived: string;
};
type Sent = Pick<PacketRecord, 'bytes' | 'linkType' | 'originalLength'>;
export declare const fieldsChanged: ({ bytes, linkType, originalLength }: Sent, altered: Frame, 
/** Of the link that it arrived over, 0 the first. */
hop: number) => readonly AlteredField[];
/** Once it has arrived; empty if it arrived as it left, or a question asks about it. */
export declare const alteredFields: (view: View, id: number) => readonly AlteredField[];
/** `tcp.ack_raw 1001 ▸ 5000`, without the parts of a field that is told as a whole. */
export declare const alteredText: (fields: readonly AlteredField[]) => string;
export {};
