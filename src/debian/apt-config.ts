/**
 * Lists of one architecture are enough, since linux-source is for all; this one every suite has had.
 */
export const ARCHITECTURE = 'amd64';

/** Settings of the machine that are not taken over, since they are ours to make. */
const ours =
  /^Acquire::(IndexTargets|Languages|GzipIndexes|CompressionTypes|Changelogs|AllowInsecure|AllowWeak|AllowDowngrade|Check-Valid-Until|By-Hash)/i;

/**
 * An apt configuration that knows nothing of the machine but how to reach the network: the folder
 * `root` holds its lists, its cache and an empty dpkg status; the machine's hooks, preferences and keys
 * stay out of it.
 *
 * Check-Valid-Until is off: archived suites have Release files that ran out, and mirrors fall behind;
 * they are signed all the same, and nothing of them is installed or run.
 *
 * @param dump what `apt-config dump` says of the machine: its `Acquire::…` lines (proxies,
 *   certificates, time-outs) are taken over
 */
export function privateConfig(root: string, dump: string): string {
  const inherited = dump
    .split('\n')
    .filter((line) => /^Acquire::\S/.test(line) && !ours.test(line));
  const own: [string, string][] = [
    ['Dir::Etc::main', '/dev/null'],
    ['Dir::Etc::parts', '/dev/null'],
    ['Dir::Etc::preferences', '/dev/null'],
    ['Dir::Etc::preferencesparts', '/dev/null'],
    ['Dir::Etc::trusted', '/dev/null'],
    ['Dir::Etc::trustedparts', '/dev/null'],
    ['Dir::Etc::sourcelist', `${root}/sources.list`],
    ['Dir::Etc::sourceparts', '/dev/null'],
    ['Dir::State', `${root}/state`],
    ['Dir::State::lists', `${root}/state/lists`],
    ['Dir::State::status', `${root}/status`],
    ['Dir::Cache', `${root}/cache`],
    ['Dir::Cache::archives', `${root}/cache/archives`],
    ['Dir::Log', `${root}/log`],
    ['APT::Architecture', ARCHITECTURE],
    ['APT::Architectures', ARCHITECTURE],
    // Who runs this may be root, whose folders apt's own user cannot enter.
    ['APT::Sandbox::User', 'root'],
    ['APT::Get::AllowUnauthenticated', 'false'],
    ['Acquire::AllowInsecureRepositories', 'false'],
    ['Acquire::AllowWeakRepositories', 'false'],
    ['Acquire::AllowDowngradeToInsecureRepositories', 'false'],
    ['Acquire::Check-Valid-Until', 'false'],
    ['Acquire::Languages', 'none'],
    ['Acquire::GzipIndexes', 'true'],
    ['Acquire::Retries', '2'],
  ];
  return [...inherited, ...own.map(([key, value]) => `${key} "${value}";`), ''].join('\n');
}

/** sources.list for a mirror's suites, each checked against Debian's keys. */
export function sourcesList(mirror: string, suites: readonly string[], keyring: string): string {
  return suites
    .map((suite) => `deb [arch=${ARCHITECTURE} signed-by=${keyring}] ${mirror} ${suite} main\n`)
    .join('');
}
