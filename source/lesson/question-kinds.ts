// The kinds of questions by name, any of which a lesson may ask for.
import {questionKinds} from '../words/catalogue/question-kinds.ts';

const {tcp, dns, http, cookies, tls, layers} = questionKinds;

export const kindNames = {...tcp, ...dns, ...http, ...cookies, ...tls, ...layers};
