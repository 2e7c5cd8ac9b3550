// Before each test file: fast-check starts from the seed of the run, where a test gives none of its own.
import {configureGlobal} from 'fast-check';
import {inject} from 'vitest';

configureGlobal({seed: inject('seed')});
