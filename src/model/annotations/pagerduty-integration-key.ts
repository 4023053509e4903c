import { defineAnnotation, line } from './define.ts';

const example = '`${PAGERDUTY_KEY}`';

export const pagerdutyIntegrationKey = defineAnnotation({
  key: 'pagerduty.com/integration-key',
  title: 'PagerDuty integration',
  schema: line,
  expects: `the name of a secret of the proxy, ${example}`,
  withheld: { instead: `use \`pagerduty.com/service-id\`, or name a secret of the proxy: ${example}` },
});
