// The kinds of questions, by name: lessons may ask for any of them.
import {questionKinds} from '../words/catalogue/question-kinds.ts';

const {tcp, dns, http, cookies, tls, layers} = questionKinds;

export const kindNames = {...tcp, ...dns, ...http, ...cookies, ...tls, ...layers};
