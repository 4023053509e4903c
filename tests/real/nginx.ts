import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCertificate } from '../live/certificate.ts';
import { findFreePort, startProgram } from './start-program.ts';

const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url));

export type Nginx = { port: number; plainPort: number; root: string; stop: () => Promise<void> };

/** Starts nginx with a file of ours, which only has other ports, places and upstreams than it says. */
export async function startNginx(
  file: string,
  files: Readonly<Record<string, string>>,
  { base = '', upstreams = {} }: { base?: string; upstreams?: Readonly<Record<string, number>> } = {},
): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-nginx-'));
  const [port, plainPort] = [await findFreePort(), await findFreePort()];
  const root = join(folder, 'www');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, base, path)), { recursive: true });
    writeFileSync(join(root, base, path), text);
  }
  cpSync(join(deploy, 'serve/nginx'), join(folder, 'portal'), { recursive: true });
  const { cert, key } = createCertificate('nginx');
  writeFileSync(join(folder, 'portal.crt'), cert);
  writeFileSync(join(folder, 'portal.key'), key);
  const server = Object.entries(upstreams).reduce(
    (text, [from, to]) => text.replaceAll(`127.0.0.1:${from}`, `127.0.0.1:${to}`),
    readFileSync(join(deploy, file), 'utf8')
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace('listen 80', `listen 127.0.0.1:${plainPort}`)
      .replaceAll('/etc/ssl', folder)
      .replace('root /srv/www', `root ${root}`)
      .replace('$portal_base ""', `$portal_base "${base}"`),
  );
  writeFileSync(join(folder, 'nginx.conf'), toMain(folder, server));
  const words = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'];
  execFileSync('nginx', [...words, '-t'], { stdio: 'pipe' });
  const program = await startProgram('nginx', words, async () => {
    await fetch(`http://127.0.0.1:${port}/`);
    return true;
  });
  return {
    ...{ port, plainPort, root },
    stop: async () => {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What stands around a server: everything is written below the folder, and nobody else is asked. */
const toMain = (folder: string, server: string) => `daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ${server}
}
`;
