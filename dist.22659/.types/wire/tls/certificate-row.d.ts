import type { Field } from '../layer.ts';
import { type Octets } from './der.ts';
import { type TlsReader } from './presentation.ts';
/** Nothing is shown of what could not be read. */
export declare const addRow: (from: TlsReader, name: string, { start, end }: Pick<Field, 'start' | 'end'>, value: string) => void;
/** The content of an element in hex. */
export declare const shownOctets: (from: TlsReader, name: string, tag: number) => Octets;
/** An object identifier in dots. */
export declare const shownIdentifier: (from: TlsReader, name: string) => string;
/** DEFAULT FALSE, so FALSE is not written (X.690 §11.5), yet is often read. */
export declare const shownBoolean: (from: TlsReader, name: string) => boolean;
