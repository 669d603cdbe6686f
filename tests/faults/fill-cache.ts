import { createHash } from 'node:crypto';
import { openCache } from '../../src/data/cache/cache.ts';

/*
 * node fill-cache.ts <dir> <first> <count>: adds empty blobs and facts, flushing often, and prints a
 * number when all up to it are flushed.
 */
const [dir = '', ...numbers] = process.argv.slice(2);
const [first = 0, count = 0] = numbers.map(Number);
const cache = await openCache(dir, 'parser 1');
for (let n = first; n < first + count; n++) {
  const oid = createHash('sha1').update(String(n)).digest('hex');
  if (n % 2 === 0) cache.addEmpty(oid);
  else cache.putFacts(oid, { n, text: 'x'.repeat(n % 5000) });
  if (n % 50 === 49) {
    cache.flush();
    console.log(n);
  }
}
