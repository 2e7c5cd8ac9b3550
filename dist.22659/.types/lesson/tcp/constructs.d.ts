import { type Construct, type Place, type Protocol } from '../vocabulary.ts';
import type { TcpConditions } from './match.ts';
export declare const knowsConnection: (of: string | undefined, { path, names, problems }: Place) => boolean;
export declare const portal: (to: string) => {
    readonly host: string;
    readonly port: number;
};
export declare const conditions: Construct<TcpConditions>;
export declare const tcp: Protocol;
