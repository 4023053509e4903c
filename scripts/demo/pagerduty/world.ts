export type DemoService = {
  id: string;
  name: string;
  /** The id of its escalation policy. */
  policy: string;
  status?: 'active' | 'warning' | 'critical' | 'maintenance' | 'disabled';
  integrationKeys?: readonly string[];
};

export type DemoOnCall = {
  policy: string;
  level: number;
  /** The id of a person. */
  user: string;
  start: string | null;
  end: string | null;
};

export type DemoIncident = {
  number: number;
  service: string;
  title: string;
  status: 'triggered' | 'acknowledged' | 'resolved';
  urgency: 'high' | 'low';
  createdAt: string;
};

/** All that a made-up PagerDuty knows. */
export type PagerdutyWorld = {
  token: string;
  /** Whether the token may read the keys of integrations. */
  hidesKeys?: boolean;
  people: readonly { id: string; name: string; email: string }[];
  services: readonly DemoService[];
  onCalls: readonly DemoOnCall[];
  incidents: readonly DemoIncident[];
};
