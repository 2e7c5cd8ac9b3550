// What is asked about layers, names, HTTP and TLS, and what is right, at every place of a run. Oracle: the RFC beside each table, with the
// sizes and times of the run.
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {about, linesOf} from './drafts.ts';

test.each<[string, QuestionKind, readonly string[]]>([
  // RFC 791 §3.1, RFC 768, RFC 9293 §3.1: each header’s length counts itself and what it carries.
  [
    'teardown',
    'layer-size',
    [
      '#1 52 | 52, 66, 32, 32, 20, 52, 66',
      '#3 40 | 40, 54, 20, 20, 20, 40, 54',
      '#4 140 | 140, 154, 100, 20, 120, 120, 40, 154',
      '#6 240 | 240, 254, 200, 20, 220, 220, 40, 254',
      '#10 90 | 90, 104, 50, 20, 70, 70, 40, 104',
    ],
  ],
  [
    'dns-recursion',
    'layer-size',
    [
      '#1 55 | 55, 69, 27, 8, 35, 47, 28, 69',
      '#2 66 | 66, 80, 38, 8, 46, 58, 28, 80',
      '#3 100 | 100, 114, 72, 8, 80, 92, 28, 114',
      '#7 82 | 82, 96, 54, 8, 62, 74, 28, 96',
      '#8 71 | 71, 85, 43, 8, 51, 63, 28, 85',
    ],
  ],
  // RFC 1034 §5.3.1: a stub asks its resolver alone.
  [
    'dns-cache',
    'next-query-to',
    [
      '#1 192.0.2.53 | 198.51.100.1=pc-walks-tree, 198.51.100.2=pc-walks-tree, 203.0.113.53=pc-walks-tree, 0',
      '#9 192.0.2.53 | 198.51.100.1=pc-walks-tree, 198.51.100.2=pc-walks-tree, 203.0.113.53=pc-walks-tree, 0',
      '#11 192.0.2.53 | 198.51.100.1=pc-walks-tree, 198.51.100.2=pc-walks-tree, 203.0.113.53=pc-walks-tree, 0',
      '#13 192.0.2.53 | 198.51.100.1=pc-walks-tree, 198.51.100.2=pc-walks-tree, 203.0.113.53=pc-walks-tree, 0',
    ],
  ],
  // RFC 1035 §3.2.1: 300 s, less the whole seconds since.
  ['dns-cache', 'ttl-left', ['#10 201 | 300, 99, 102, 399, 0', '#12 101 | 300, 199, 0, 499, 0']],
  // RFC 1034 §5.3.3: its own cache, the resolver’s, the zone’s server, from the root on.
  [
    'dns-cache',
    'which-cache-answers',
    ['#1 4 | 0, 1, 2', '#9 1 | 0, 2, 4', '#11 1 | 0, 2, 4', '#13 0 | 1, 2, 4', '#13 2 | 0, 1, 4'],
  ],
  ['dns-recursion', 'which-cache-answers', ['#1 4 | 0, 1, 2']],
  // RFC 9110 §15: the packets of the run; 4xx and 5xx are mixed up with each other alone.
  [
    'http-status',
    'which-status',
    [
      '#5 100 | 200, 301, 304, 401, 404, 405, 500, 503',
      '#7 201 | 301, 304, 401, 404, 405, 500, 503',
      '#9 200 | 301, 304, 401, 404, 405, 500, 503',
      '#11 304 | 200, 401, 404, 405, 500, 503',
      '#13 301 | 200, 401, 404, 405, 500, 503',
      '#15 200 | 301, 304, 401, 404, 405, 500, 503',
      '#17 404 | 200, 301, 304, 500=status-class-mixup, 503=status-class-mixup',
      '#19 405 | 200, 301, 304, 500=status-class-mixup, 503=status-class-mixup',
      '#21 401 | 200, 301, 304, 500=status-class-mixup, 503=status-class-mixup',
      '#25 503 | 200, 301, 304, 401=status-class-mixup, 404=status-class-mixup, 405=status-class-mixup',
      '#27 500 | 200, 301, 304, 401=status-class-mixup, 404=status-class-mixup, 405=status-class-mixup',
      '#29 400 | 200, 301, 304, 500=status-class-mixup, 503=status-class-mixup',
    ],
  ],
  // RFC 8446 §5.1, §5.2: what is encrypted says 23 outside.
  [
    'https-tls13/full',
    'record-type',
    [
      '#4 22 | 23, 20, 21',
      '#9 23 | 22, 20, 21',
      '#12 23 | 22, 20, 21',
      '#13 23 | 22, 20, 21',
      '#16 23 | 22, 20, 21',
      '#20 23 | 22, 20, 21',
    ],
  ],
  ['https-tls12/rsa', 'record-type', ['#4 22 | 23, 20, 21']],
  // RFC 8446 §7.1, table of keys.
  [
    'https-tls13/full',
    'key-of-record',
    [
      '#6 server handshake | certificate=cert-key-encrypts, server handshake, client handshake, server application, client application',
      '#8 client handshake | certificate=cert-key-encrypts, client handshake, server handshake, client application, server application',
      '#9 client application | certificate=cert-key-encrypts, client handshake, server handshake, client application, server application',
      '#12 server application | certificate=cert-key-encrypts, server handshake, client handshake, server application, client application',
      '#13 server application | certificate=cert-key-encrypts, server handshake, client handshake, server application, client application',
    ],
  ],
  // RFC 8446 §4.4.2 (the certificate is encrypted), RFC 5246 §7.4.2 (it is not).
  [
    'https-tls13/full',
    'eavesdropper-reads',
    ['#4 www.example.com=https-hides-sni,addresses=https-hides-sni,sizes | request, cookies, certificate'],
  ],
  [
    'https-tls12/rsa',
    'eavesdropper-reads',
    ['#4 www.example.com=https-hides-sni,addresses=https-hides-sni,sizes,certificate | request, cookies'],
  ],
])('%s: %s', (run, kind, lines) => {
  expect(linesOf(about(run), kind)).toEqual(lines);
});
