/** A value at a time, in seconds since 1970, written as Prometheus writes it: `0.999`, `NaN`, `+Inf`. */
export type Point = readonly [number, string];

/** One series: its labels, its name among them as `__name__`, and its values, the oldest first. */
export type Series = { labels: Record<string, string>; points: readonly Point[] };

/** One alert that is pending or firing. */
export type ActiveAlert = {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'pending' | 'firing';
  activeAt: string;
  value: string;
};

/** A rule for alerts, and the alerts that it gave. */
export type AlertRule = {
  name: string;
  query: string;
  duration: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  alerts: readonly ActiveAlert[];
};

/** What a Prometheus knows: plain data. */
export type PrometheusWorld = {
  series: readonly Series[];
  groups: readonly { name: string; rules: readonly AlertRule[] }[];
  /** Said beside every answer of a query. */
  warnings?: readonly string[];
};
