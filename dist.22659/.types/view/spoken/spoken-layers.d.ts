import { type LayersOwn } from '../layers/layer-scene.ts';
import { type View } from '../view.ts';
export declare const spokenLayers: (view: View, own: LayersOwn) => readonly string[];
