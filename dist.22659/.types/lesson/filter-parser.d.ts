import { type Filter } from './filter.ts';
import { type PacketField } from './packet-field.ts';
import { type Cursor, type Parsed } from './parser.ts';
import type { Names } from './vocabulary.ts';
export declare const parseFilter: (source: string, names: Names) => Parsed<Filter>;
/** `tcp.flags.syn`: words joined by dots, as long as they make a known name. */
export declare const fieldName: (cursor: Cursor, allowed: readonly PacketField[]) => PacketField;
