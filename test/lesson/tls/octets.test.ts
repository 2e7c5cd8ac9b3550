// The octets of runs with TLS are pinned: signatures, keys and ciphertexts are the same on Node 20, 24 and 26, whose OpenSSL differ.
import {expect, test} from 'vitest';
import {digestOf} from '../../../scripts/run-digests.ts';
import {readSkeleton} from '../../helpers/skeletons.ts';

test.each([
  ['https-tls12', 'rsa', '05941a72071e87f70e09752e7aca77ffba4b48e146b0a29fd09859f75c24ce15'],
  ['https-tls12', 'ecdhe', '7cc4210d032d9b673f7e35a98ec75e6d4741038c7b7fb91eaabd35c2559be757'],
  ['https-tls13', 'retry', '4f0d31db96bb6f3f6b92c8b9ac157139b0148c5ea1e41fffd647697d3a4ae838'],
  ['https-tls13', 'replayed', 'f98769a9f8af1df79a18f794d380637b980fd8bfdafa41c2af703d1d5bb1bef6'],
])('%s %s', (id, name, digest) => {
  const lesson = readSkeleton(id);
  const run = lesson.ok ? lesson.value.runs.find((each) => each.name === name) : undefined;
  if (!lesson.ok || !run) expect.fail('it cannot be read');
  expect(digestOf(lesson.value, run)).toBe(`sha256:${digest}`);
});
