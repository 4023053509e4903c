/** The settings that every git is run with, whatever a machine or a repository says. */
export function toSafety(web: string, patience: number): string[] {
  const settings = {
    'protocol.allow': 'never',
    [web.startsWith('https:') ? 'protocol.https.allow' : 'protocol.http.allow']: 'always',
    'protocol.version': '2',
    'core.hooksPath': '/dev/null',
    'core.symlinks': 'false',
    'core.fsmonitor': 'false',
    'credential.helper': '',
    'http.followRedirects': 'false',
    'http.lowSpeedLimit': '1000',
    'http.lowSpeedTime': String(Math.max(1, Math.round(patience / 500))),
    'fetch.negotiationAlgorithm': 'noop',
    'transfer.fsckObjects': 'false',
    'gc.auto': '0',
    'maintenance.auto': 'false',
  };
  return ['--no-pager', ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
}

/** What git needs of a machine to reach a host: programs, proxies, certificates. */
const passed = [
  ...['PATH', 'http_proxy', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY', 'all_proxy', 'ALL_PROXY'],
  ...['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_EXEC_PATH', 'SYSTEMROOT'],
];

/** The token travels in the environment alone: arguments can be read by everybody on a machine. */
export function toEnvironment(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  web: string,
  token: string | undefined,
): NodeJS.ProcessEnv {
  const authorization = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    ...Object.fromEntries(passed.map((name) => [name, environment[name]])),
    ...{ HOME: folder, LC_ALL: 'C', GIT_DIR: folder },
    ...{
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_ATTR_NOSYSTEM: '1',
    },
    ...{ GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: 'true', SSH_ASKPASS: 'true', GIT_LFS_SKIP_SMUDGE: '1' },
    ...{ GIT_NO_REPLACE_OBJECTS: '1', GIT_ALLOW_PROTOCOL: new URL(web).protocol.replace(':', '') },
    ...(token === undefined
      ? {}
      : {
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: `http.${web}/.extraHeader`,
          GIT_CONFIG_VALUE_0: `Authorization: Basic ${authorization}`,
        }),
  };
}
