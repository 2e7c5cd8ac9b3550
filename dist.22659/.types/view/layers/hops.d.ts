import type { Text } from '../../lesson/text.ts';
import type { LayerScene } from './layer-scene.ts';
export type HopCell = {
    readonly text: string;
    readonly changed: boolean;
};
export type Hop = {
    readonly from: string;
    readonly to: string;
    readonly source: HopCell;
    readonly destination: HopCell;
    readonly ttl: HopCell;
    readonly checksum: HopCell;
};
export declare const hopsOf: (scene: LayerScene) => readonly Hop[];
export type Kept = {
    readonly same: readonly Text[];
    readonly changed: readonly Text[];
};
/** What was compared over all links so far, by whether it stayed; nothing where there was only one link. */
export declare const keptOf: (scene: LayerScene) => Kept;
