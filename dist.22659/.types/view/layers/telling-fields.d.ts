import { type Wording } from '../bytes/inspector-value.ts';
import type { LayerScene } from './layer-scene.ts';
export type TellingField = {
    readonly name: string;
    readonly value: string;
};
export declare const tellingFields: ({ packet, boxes, step }: LayerScene, wording: Wording) => readonly TellingField[];
