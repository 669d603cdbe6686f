import { expect, test } from 'vitest';
import { privateConfig, sourcesList } from './apt-config.ts';

const dump = `APT "";
APT::Update::Post-Invoke:: "rm -rf /var/cache/apt";
DPkg::Pre-Install-Pkgs:: "/usr/sbin/hook";
Acquire "";
Acquire::http::Proxy "http://proxy.example:3128/";
Acquire::https::CaInfo "/etc/ssl/own.pem";
Acquire::AllowInsecureRepositories "true";
Acquire::Languages "de";
Acquire::IndexTargets::deb::Contents-deb::MetaKey "x";
`;

test('takes over how the machine reaches the network, and nothing else of it', () => {
  const config = privateConfig('/w', dump);
  expect(config).toContain('Acquire::http::Proxy "http://proxy.example:3128/";');
  expect(config).toContain('Acquire::https::CaInfo "/etc/ssl/own.pem";');
  expect(config).not.toContain('Post-Invoke');
  expect(config).not.toContain('hook');
  expect(config).not.toContain('Contents-deb');
});

test('never allows what is not signed, whatever the machine does', () => {
  const config = privateConfig('/w', dump);
  expect(config.match(/AllowInsecureRepositories .*/g)).toEqual([
    'AllowInsecureRepositories "false";',
  ]);
});

test('keeps all that apt writes in its own folder', () => {
  const config = privateConfig('/w', dump);
  for (const setting of ['Dir::State', 'Dir::Cache', 'Dir::Log', 'Dir::State::status']) {
    expect(config).toMatch(new RegExp(`^${setting} "/w/`, 'm'));
  }
});

test('names the keyring for each suite', () => {
  expect(sourcesList('http://m.example/debian', ['stable', 'sid'], '/k.gpg')).toBe(
    'deb [arch=amd64 signed-by=/k.gpg] http://m.example/debian stable main\n' +
      'deb [arch=amd64 signed-by=/k.gpg] http://m.example/debian sid main\n',
  );
});
