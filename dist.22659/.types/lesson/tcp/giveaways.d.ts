import type { HostProperty } from '../host-property.ts';
import type { PacketField } from '../packet-field.ts';
/** Fields that say the same in other words. */
export declare const alikeFields: {
    readonly [field in PacketField]?: readonly PacketField[];
};
/** What the sender's own variables give away. */
export declare const senderVariables: {
    readonly [field in PacketField]?: HostProperty;
};
