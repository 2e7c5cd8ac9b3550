// Adds inspector rows for the DER elements of certificates; each row covers the element's content, as in Wireshark.
import type {Field} from '../layer.ts';
import {hexOf} from '../octets.ts';
import {contentOf, identifierText, type Octets, Tag} from './der.ts';
import {failAt, type TlsReader} from './presentation.ts';

/** Adds an inspector row for a DER element, unless reading has failed. */
export const addRow = (
  from: TlsReader,
  name: string,
  {start, end}: Pick<Field, 'start' | 'end'>,
  value: string,
): void => {
  if (!from.error) from.rows.push({name, value, start, end});
};

/** Reads the content of a DER element, and adds a row that shows it in hexadecimal. */
export const shownOctets = (from: TlsReader, name: string, tag: number): Octets => {
  const octets = contentOf(from, tag);
  addRow(from, name, octets, hexOf(octets.bytes));
  return octets;
};

/** Reads an object identifier, and adds a row that shows it in dotted form. */
export const shownIdentifier = (from: TlsReader, name: string): string => {
  const octets = contentOf(from, Tag.objectIdentifier);
  const text = from.error ? '' : identifierText(octets.bytes);
  if (text === undefined) failAt(from, 'der-value', octets.start);
  else addRow(from, name, octets, text);
  return text ?? '';
};

/** Reads a boolean. It has DEFAULT FALSE, so FALSE must not be written (X.690 §11.5), but often is. */
export const shownBoolean = (from: TlsReader, name: string): boolean => {
  const octets = contentOf(from, Tag.boolean);
  if (!from.error && octets.bytes.length !== 1) failAt(from, 'der-value', octets.start);
  const value = (octets.bytes[0] ?? 0) !== 0;
  addRow(from, name, octets, value ? '1' : '0');
  return value;
};
