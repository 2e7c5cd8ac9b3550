// Describes the faults for which a strict parser would reject an HTTP message, each with its danger.
import {madeOf, type Text, worded} from '../../lesson/text.ts';
import type {HttpFault} from '../../observe/http-faults.ts';
import type {HttpErrorCode} from '../../wire/http/http-error.ts';
import {faultTexts, faultTold} from '../../words/catalogue/inspect.ts';

type Said = keyof typeof faultTexts;

/** Maps each fault of an HTTP message to the key of the sentence on it; undefined for faults that cannot occur in a received message. */
const saidAs: Readonly<Record<HttpErrorCode, Said | undefined>> = {
  'bare-lf': 'line',
  'bare-cr': 'cr',
  'request-line': 'start',
  method: 'start',
  target: 'start',
  'start-line-long': 'start',
  'status-line': 'start',
  'status-code': 'start',
  reason: 'start',
  version: 'start',
  'version-major': 'start',
  'leading-space': 'name',
  'field-colon': 'name',
  'field-name': 'name',
  'field-name-space': 'name',
  'field-value': 'value',
  'obs-fold': 'fold',
  'fields-long': 'long',
  'fields-many': 'long',
  'host-missing': 'hostMissing',
  'host-left-out': 'hostLeftOut',
  'host-twice': 'hostTwice',
  'host-invalid': 'hostInvalid',
  'length-and-coding': 'twoLengths',
  'coding-1.0': 'coding',
  'coding-syntax': 'coding',
  'coding-not-last': 'coding',
  'coding-twice': 'coding',
  'coding-parameters': 'coding',
  'length-syntax': 'length',
  'length-large': 'length',
  'length-differs': 'lengthDiffers',
  'chunk-size': 'chunks',
  'chunk-size-large': 'chunks',
  'chunk-size-space': 'chunkSpace',
  'chunk-extension': 'chunks',
  'chunk-line-long': 'chunks',
  'chunk-extensions-long': 'chunks',
  'chunk-end': 'chunks',
  'response-unasked': 'unasked',
  'trailer-field': undefined,
  'content-forbidden': undefined,
  'content-length-wrong': 'longer',
  'head-incomplete': undefined,
  'content-incomplete': undefined,
  'chunks-incomplete': undefined,
};

const textOf = (said: Said, {in: where, behind}: HttpFault): Text => {
  if (said === 'start') return worded(faultTexts.start, {in: where});
  return said === 'twoLengths' ? worded(faultTexts.twoLengths, {behind}) : faultTexts[said];
};

/** Describes a fault of an HTTP message; undefined for faults that a received message cannot have. */
export const faultText = (fault: HttpFault): Text | undefined => {
  const said = saidAs[fault.code];
  const {frame, clause, count} = fault;
  return (
    said &&
    madeOf(
      [],
      (language) => worded(faultTold, {text: textOf(said, fault)[language], frame, clause, count})[language],
    )
  );
};
