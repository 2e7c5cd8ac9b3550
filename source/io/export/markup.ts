// Text from anywhere between the tags of XML and HTML.
import {harmless} from '../../present/harmless.ts';

const entities: {readonly [sign: string]: string} = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for attributes in quotes. What XML has no place for at all, controls and half characters, becomes marks. */
export const escapeMarkup = (text: string): string =>
  harmless(text)
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
    .replace(/[\ufffe\uffff]/g, '·');
