// Unpacking of what travels in a module, as the widget's own does it.

/** The string that a module exports. */
export const packedIn = (module) => module.slice(module.indexOf('"') + 1, module.lastIndexOf('"'));

/** The bytes in base64 of raw deflate. */
export async function inflate(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
