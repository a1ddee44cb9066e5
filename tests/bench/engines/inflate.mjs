// Unpacking of what travels in a module, as the widget's own does it.

/** The string that a module exports. */
export const packedIn = (module) => module.slice(module.indexOf('"') + 1, module.lastIndexOf('"'));

/** The bytes in base64 of raw deflate. */
export async function inflate(text) {
  let bytes;
  if (Uint8Array.fromBase64) bytes = Uint8Array.fromBase64(text);
  else {
    const binary = atob(text);
    bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  }
  const inflating = new DecompressionStream("deflate-raw");
  const writer = inflating.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const [inflated] = await Promise.all([new Response(inflating.readable).arrayBuffer(), written]);
  return new Uint8Array(inflated);
}
