/** An upstream that can be had from Debian: the programs that any one of stands for it, and its tests. */
export type RealUpstream = {
  name: string;
  programs: readonly string[];
  /** Programs that its tests need besides. */
  besides: readonly string[];
  /** The Debian packages that bring them. */
  debian: readonly string[];
  tests: string;
};

/** What the real lane runs against, a row an upstream. */
export const realUpstreams: readonly RealUpstream[] = [
  {
    name: 'Prometheus',
    programs: ['prometheus'],
    besides: ['promtool'],
    debian: ['prometheus'],
    tests: 'tests/real/prometheus.test.ts',
  },
  {
    name: 'Redis or Valkey',
    programs: ['redis-server', 'valkey-server'],
    besides: [],
    debian: ['redis-server'],
    tests: 'tests/real/redis.test.ts',
  },
  {
    name: 'Ceph, which speaks S3',
    programs: ['radosgw'],
    besides: ['ceph', 'ceph-authtool', 'ceph-mon', 'ceph-osd', 'monmaptool', 'radosgw-admin'],
    debian: ['ceph-common', 'ceph-mon', 'ceph-osd', 'radosgw'],
    tests: 'tests/real/ceph.test.ts',
  },
  {
    name: 'nginx',
    programs: ['nginx'],
    besides: [],
    debian: ['nginx'],
    tests: 'tests/real/nginx.test.ts',
  },
];
