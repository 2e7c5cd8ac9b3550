// Any captured bytes as layers and fields with Wireshark's names: what the inspector and `show --json` print.
export type {Dissection, Field, Layer, LinkType} from './layer.ts';
