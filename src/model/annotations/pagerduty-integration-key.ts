import { defineAnnotation, line } from './define.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is how people write it in their files.
const example = '`${PAGERDUTY_KEY}`';

export const pagerdutyIntegrationKey = defineAnnotation({
  key: 'pagerduty.com/integration-key',
  title: 'PagerDuty integration',
  schema: line,
  expects: `the name of a secret of the proxy, ${example}`,
  withheld: { instead: `use \`pagerduty.com/service-id\`, or name a secret of the proxy: ${example}` },
});
