import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * `node --import` of this file makes a build write one file other than it was made: the one whose path ends
 * in DAMAGE_FILE gets DAMAGE_TO in the place of DAMAGE_FROM.
 */

const { DAMAGE_FILE = '', DAMAGE_FROM = '', DAMAGE_TO = '' } = process.env;
const { writeFile } = fs.promises;

fs.promises.writeFile = async (file, data, options) => {
  const path = file instanceof URL ? file.pathname : typeof file === 'string' ? file : '';
  const isMeant = path.endsWith(DAMAGE_FILE);
  if (!isMeant || !(typeof data === 'string' || ArrayBuffer.isView(data))) {
    return writeFile(file, data, options);
  }
  const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
  if (!text.includes(DAMAGE_FROM)) throw new Error(`${DAMAGE_FILE} has no ${DAMAGE_FROM}`);
  return writeFile(file, text.replace(DAMAGE_FROM, DAMAGE_TO), options);
};
syncBuiltinESMExports();
