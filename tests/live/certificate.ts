import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that signs itself, and its key, in PEM. */
export type Certificate = { cert: string; key: string };

/** One value as DER has it: its tag, its length, its bytes. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const bytes = body.length < 128 ? [] : [...Buffer.from(body.length.toString(16).padStart(4, '0'), 'hex')];
  return Buffer.concat([
    Buffer.from([tag, ...(bytes.length > 0 ? [0x80 + bytes.length, ...bytes] : [body.length])]),
    body,
  ]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const object = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const text = (tag: number, value: string) => der(tag, Buffer.from(value));
const ecdsaWithSha256 = sequence(object('2a8648ce3d040302'));
const yes = der(0x01, Buffer.from([0xff]));
/** Extensions: may sign certificates; is for this machine's name and address. */
const basicConstraints = sequence(object('551d13'), yes, der(0x04, sequence(yes)));
const alternativeNames = (address: number[]) =>
  sequence(object('551d11'), der(0x04, sequence(text(0x82, 'localhost'), der(0x87, Buffer.from(address)))));

/** Makes a certificate for 127.0.0.1, which whoever is given it as an authority trusts. */
export function createCertificate(name: string): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = sequence(der(0x31, sequence(object('550403'), text(0x0c, name))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    subject,
    sequence(text(0x17, '200101000000Z'), text(0x18, '21200101000000Z')),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(basicConstraints, alternativeNames([127, 0, 0, 1]))),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const lines = sequence(body, ecdsaWithSha256, signature).toString('base64').replace(/.{64}/g, '$&\n');
  const cert = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  return { cert, key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}
