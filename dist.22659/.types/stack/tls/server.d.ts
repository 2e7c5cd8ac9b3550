import type { Upper } from './record-layer.ts';
import { type ServerTurn } from './turn.ts';
export declare const serverUpper: Upper<ServerTurn>;
