// CloudFront Function (cloudfront-js-2.0) for the event "viewer request": addresses of folders become those of their pages, an address
// without its slash leads to the one with it, and what publishing keeps for itself is not there.
// The function is tested by running it in Node; on CloudFront itself it was not run by us.

// Whatever has an ending is a file, but below these two: a name of an entity may have a dot in it, so there the ending has to be known.
var named = /\/(?:catalog|docs)\//;
var ending = /\.[a-z0-9_]+$/i;
var known =
  /\.(?:avif|css|csv|gif|graphql|html|ico|jpeg|jpg|js|json|map|md|mjs|mmd|mp4|pdf|png|proto|svg|txt|wasm|webm|webmanifest|webp|woff|woff2|xml|yaml|yml|zip|pagefind|pf_[a-z]+)$/i;

function toQuery(querystring) {
  var parts = [];
  Object.keys(querystring).forEach((name) => {
    var entry = querystring[name];
    var values = entry.multiValue || [entry];
    values.forEach((each) => {
      parts.push(each.value === '' ? name : `${name}=${each.value}`);
    });
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by its name.
function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (/(?:^|\/)(?:_portolan(?:\/|$)|\.)/.test(uri)) return { statusCode: 404, statusDescription: 'Not Found' };
  if (uri.endsWith('/')) {
    request.uri = `${uri}index.html`;
    return request;
  }
  if (named.test(uri) ? known.test(uri) : ending.test(uri)) return request;
  // Two slashes at the beginning would name another host.
  var location = `${uri.replace(/^[/\\]+/, '/')}/${toQuery(request.querystring || {})}`;
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: { location: { value: location }, 'cache-control': { value: 'public, max-age=60' } },
  };
}
