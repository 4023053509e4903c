/** Where one Ceph of this machine has its files, and the ports that it listens on. */
export type CephPlace = { folder: string; fsid: string; monitor: number; gateway: number };

/** The name below which buckets are served as web sites: `portal-site.website.localhost`. */
export const websiteName = 'website.localhost';

/** What Ceph is told: one monitor, one store in memory, one gateway, and all files in one folder. */
export function toCephFile({ folder, fsid, monitor, gateway }: CephPlace): string {
  const options = {
    fsid,
    'mon host': `v1:127.0.0.1:${monitor}`,
    'mon initial members': 'a',
    'public addr': '127.0.0.1',
    'ms bind ipv6': 'false',
    // Without keys the gateway waits for ever.
    'auth cluster required': 'cephx',
    'auth service required': 'cephx',
    'auth client required': 'cephx',
    keyring: `${folder}/keyring`,
    'run dir': folder,
    'admin socket': `${folder}/$cluster-$name.sock`,
    'pid file': `${folder}/$name.pid`,
    'log file': `${folder}/$name.log`,
    'mon cluster log file': `${folder}/cluster.log`,
    'mon data': `${folder}/mon`,
    'mon data avail crit': '1',
    'osd data': `${folder}/osd`,
    'osd objectstore': 'memstore',
    'memstore device bytes': String(8 * 1024 ** 3),
    // Otherwise each file takes 64 KiB at least.
    'memstore page set': 'false',
    'osd pool default size': '1',
    'osd pool default min size': '1',
    'osd pool default pg num': '8',
    'osd pool default pg autoscale mode': 'off',
    'osd crush chooseleaf type': '0',
    'rgw data': `${folder}/rgw`,
    'rgw frontends': `beast endpoint=127.0.0.1:${gateway}`,
    'rgw enable apis': 's3, s3website',
    'rgw enable static website': 'true',
    'rgw dns name': 's3.localhost',
    'rgw dns s3website name': websiteName,
  };
  const lines = Object.entries(options).map(([name, value]) => `${name} = ${value}`);
  return ['[global]', ...lines, ''].join('\n');
}

/** The keys that one Ceph has, and what each may do: a row a name, as `ceph-authtool` takes them. */
export const cephKeys: readonly (readonly [name: string, ...allowed: (readonly [part: string, what: string])[]])[] = [
  ['mon.', ['mon', 'allow *']],
  ['client.admin', ['mon', 'allow *'], ['osd', 'allow *']],
  ['osd.0', ['mon', 'allow profile osd'], ['osd', 'allow *']],
  ['client.gateway', ['mon', 'allow rwx'], ['osd', 'allow rwx']],
];
