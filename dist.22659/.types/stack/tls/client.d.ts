import type { Upper } from './record-layer.ts';
import type { ClientTurn } from './turn.ts';
export declare const clientUpper: Upper<ClientTurn>;
