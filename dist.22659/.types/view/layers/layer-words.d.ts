import type { Language } from '../../lesson/text.ts';
import { type Box } from './boxes.ts';
import type { LayerScene } from './layer-scene.ts';
export declare const boxName: ({ protocol }: Box, language: Language) => string;
/** Where the packet is, as far as the reader looks. */
export declare const placeText: (scene: LayerScene, language: Language) => string;
/** What stands behind the innermost header: of HTTP its content (RFC 9110 §6.4). */
export declare const innermostName: (last: Box | undefined, language: Language) => string;
/** What the chosen layer does; without one, how the frame is made up. */
export declare const tellsOf: (scene: LayerScene, language: Language) => string;
/** What the link carries: `111 + 4 FCS = 115`, and what this is where there are so many columns. */
export declare const wireText: ({ boxes, packet, hidesSizes }: LayerScene, language: Language, columns?: number) => string;
/** What else is to be said: what the way left as it was and what not, and what a capture does not hold. */
export declare const notesOf: (scene: LayerScene, language: Language) => readonly string[];
/** A box in words, for those who hear it. */
export declare const boxText: (scene: LayerScene, index: number, language: Language) => string;
